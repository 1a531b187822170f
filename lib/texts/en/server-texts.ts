import { docs } from './programs/docs';

/** What only the server says: no browser loads it. */
export const serverTexts = {
  about: 'A chat app for large language models that you host yourself.',
  tryLater: (seconds: string) => `Try again in ${seconds} s. Your messages and drafts are safe.`,
  notFound: {
    title: 'Not found',
    heading: 'Page not found',
    about:
      'This chat or page does not exist, was deleted, or belongs to someone else. Check the address.',
    begin: 'Start a new chat',
  },
  /** For programs. */
  demoHint:
    'This is the built-in demo. Set OPENAI_API_KEY, or OPENAI_BASE_URL for your own server, then restart Ask-Next.',
  docs,
};
