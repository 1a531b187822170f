/** How the app looks and behaves in one browser. */
export const preferences = {
  title: 'Settings',
  about: 'Appearance and behaviour are kept in this browser. Changes apply at once.',
  appearance: 'Appearance',
  appearances: {
    theme: { title: 'Colours', names: { system: 'System', light: 'Light', dark: 'Dark' } },
    text: { title: 'Text size', names: { normal: 'Normal', small: 'Small', large: 'Large' } },
    width: { title: 'Text width', names: { normal: 'Normal', wide: 'Wide' } },
  },
  language: { title: 'Language', automatic: 'Automatic' },
  chat: 'Chat',
  sendKey: 'Send with Ctrl/⌘ + Enter; Enter starts a new line',
  stream: 'Show replies as they are written',
  reasoning: 'Unfold the reasoning of new replies',
  notices: 'When this page is hidden, tell me that a reply is done',
  dataAbout: 'The export is one file with everything. It can be imported again.',
  more: 'More',
  connect: 'Model connection…',
  done: 'Done',
};
