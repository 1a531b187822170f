const KB = 1024;
/** A character outside the BMP as two JSON escapes, `\ud83c\udf0a`. */
const ESCAPED_BYTES = 12;
/** For the other fields. */
const REST_BYTES = 16 * KB;

/** The body limit in bytes: the longest message fits, however its JSON is escaped. */
export const bodyMax = (messageMaxChars: number): number =>
  Math.max(64 * KB, messageMaxChars * ESCAPED_BYTES + REST_BYTES);
