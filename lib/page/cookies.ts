/** What a browser remembers for the server, which needs it to draw the page right the first time. */
export const TIME_ZONE_COOKIE = 'ask_tz';
export const CODE_COOKIE = 'ask_code';
