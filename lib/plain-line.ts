/** Controls beyond those that JSON escapes, and what turns or hides text: a terminal would obey them. */
const OBEYED = /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** A line of JSON that says the same, in which nothing can move a cursor or turn text round. */
export const plainLine = (json: string): string =>
  json.replace(OBEYED, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
