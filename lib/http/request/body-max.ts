const KB = 1024;
/** A character outside the BMP as two JSON escapes, `\ud83c\udf0a`. */
const ESCAPED_BYTES = 12;
/** For the other fields. */
const REST_BYTES = 16 * KB;

/** The body limit in bytes: the longest message fits, however its JSON is escaped. */
export const bodyMax = (messageMaxChars: number): number =>
  Math.max(64 * KB, messageMaxChars * ESCAPED_BYTES + REST_BYTES);

/** A file to import, in bytes. The page reads larger ones in the browser and sends parts of them. */
export const FILE_MAX = 32 * 1024 * KB;

/** The path as it is sent: in any other spelling it has the limit of every other. */
export const takesFile = (path: string): boolean => path === '/api/sessions/import';

/** It takes whole prompts, also those of coding agents. */
const takesPrompt = (path: string): boolean => path === '/v1/chat/completions';

/** The longest texts that a deployment takes, in characters. */
export interface Longest {
  readonly message: number;
  readonly prompt: number;
}

/** The body limit of this path, in bytes. No body is longer than a file: Next would cut it (next.config.mjs). */
export const bodyMaxOf = (path: string, { message, prompt }: Longest): number => {
  if (takesFile(path)) return FILE_MAX;
  const longest = takesPrompt(path) ? Math.max(message, prompt) : message;
  return Math.min(FILE_MAX, bodyMax(longest));
};
