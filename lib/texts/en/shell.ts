const APP = 'Ask-Next';

/** What stands around a session, and on the pages that have none. */
export const shell = {
  app: APP,
  about: 'A chat app for large language models that you host yourself.',
  titled: (title: string) => `${title} · ${APP}`,
  skip: 'Skip to the message field',
  closeSessions: 'Close the list of sessions',
  offline: 'Reconnecting…',
  colours: 'Colours',
  theme: { system: 'System', light: 'Light', dark: 'Dark' },
  themeTitle: (name: string) => `${name} colours`,
  tryLater: (seconds: string) => `Try again in ${seconds} s. Nothing that you wrote is lost.`,
  notFound: {
    title: 'Not found',
    heading: 'Nothing here',
    about: 'This session or page does not exist, was deleted, or belongs to somebody else.',
    begin: 'Begin a new session',
  },
  fault: {
    page: 'This page could not be shown',
    app: `${APP} cannot be shown`,
    retry: 'Try again',
    retrying: 'Trying…',
  },
};
