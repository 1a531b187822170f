const KB = 1024;
/** A character outside the basic plane as two escapes, `\ud83c\udf0a`. */
const ESCAPED_BYTES = 12;
/** For the other fields. */
const REST_BYTES = 16 * KB;

/** The longest body of a request, in bytes: one with the longest message fits, however its JSON is escaped. */
export const bodyMax = (messageMaxChars: number): number =>
  Math.max(64 * KB, messageMaxChars * ESCAPED_BYTES + REST_BYTES);
