/** The default of CHAT_CONTEXT_MAX_CHARS, for scripts/server/serve-app.mjs too. */
export const PROMPT_MAX_CHARS = 120_000;
