/** How to leave the demo. */
export const DEMO_ADVICE =
  'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own such as Ollama, in the file .env or the environment, and start again.';

/** Splits the advice into words and, at odd places, names of variables. */
export const demoAdviceParts = (): string[] => DEMO_ADVICE.split(/(OPENAI_\w+)/);
