/** Control, bidirectional and zero-width characters that JSON does not escape and a terminal would interpret. */
const OBEYED = /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** Escapes them in a line of JSON, so that logged text cannot move the cursor or reverse other text. */
export const plainLine = (json: string): string =>
  json.replace(OBEYED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
