const APP = 'Ask-Next';

/** What stands around a session, and on the pages that have none. */
export const shell = {
  app: APP,
  about: 'A chat app for large language models that you host yourself.',
  titled: (title: string) => `${title} · ${APP}`,
  skip: 'Skip to the message field',
  skipToContent: 'Skip to the content',
  closeSessions: 'Close the list of chats',
  settings: 'Settings',
  hideSidebar: 'Hide the sidebar (Ctrl+B)',
  showSidebar: 'Show the sidebar (Ctrl+B)',
  offline: 'Reconnecting…',
  theme: { system: 'System', light: 'Light', dark: 'Dark' },
  themeTitle: (name: string) => `${name} colours`,
  tryLater: (seconds: string) => `Try again in ${seconds} s. Your messages and drafts are safe.`,
  notFound: {
    title: 'Not found',
    heading: 'Page not found',
    about:
      'This chat or page does not exist, was deleted, or belongs to someone else. Check the address.',
    begin: 'Start a new chat',
  },
  fault: {
    page: 'This page could not be loaded',
    app: `${APP} could not be loaded`,
    retry: 'Try again',
    retrying: 'Trying…',
  },
};

/** What a browser tells while its page is not looked at. */
export const notices = {
  done: 'Your reply is ready',
  failed: 'The reply failed',
  turnOn: 'Tell me when a reply is done',
  turnOff: 'Stop telling me when a reply is done',
  refused:
    'This browser does not allow notices from here. Allow them in its settings for this site.',
  isOn: 'You will be told when a reply is done while this page is hidden.',
};
