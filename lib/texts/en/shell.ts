const APP = 'Ask-Next';

/** What stands around a session, and on the pages that have none. */
export const shell = {
  app: APP,
  titled: (title: string) => `${title} · ${APP}`,
  skip: 'Skip to the message field',
  skipToContent: 'Skip to the content',
  closeSessions: 'Close the list of chats',
  settings: 'Settings',
  hideSidebar: 'Hide the sidebar (Ctrl+B)',
  showSidebar: 'Show the sidebar (Ctrl+B)',
  offline: 'Reconnecting…',
  fault: {
    page: 'This page could not be loaded',
    retry: 'Try again',
    retrying: 'Trying…',
  },
};

/** What a browser tells while its page is not looked at. */
export const notices = {
  done: 'Your reply is ready',
  failed: 'The reply failed',
};

/** What only the server says. */
export const server = {
  about: 'A chat app for large language models that you host yourself.',
  tryLater: (seconds: string) => `Try again in ${seconds} s. Your messages and drafts are safe.`,
  notFound: {
    title: 'Not found',
    heading: 'Page not found',
    about:
      'This chat or page does not exist, was deleted, or belongs to someone else. Check the address.',
    begin: 'Start a new chat',
  },
};
