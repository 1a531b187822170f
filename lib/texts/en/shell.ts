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
