/** On a session; the palette and the lists have some of it too. */
export const sessionMenu = {
  archive: 'Archive',
  delete: 'Delete',
  exportJson: 'Export as JSON',
  exportMarkdown: 'Export as Markdown',
  pin: 'Pin',
  print: 'Print…',
  rename: 'Rename',
  settings: 'Chat settings',
  tags: 'Tags…',
  unarchive: 'Unarchive',
  unpin: 'Unpin',
};

/** On all that is a person’s, and the pages behind it. */
export const dataMenu = {
  account: 'Your account',
  archived: 'Archived',
  deleteEverything: 'Delete everything…',
  exportAll: 'Export everything',
  import: 'Import…',
  keys: 'API keys…',
  me: 'About me…',
  people: 'People',
  recentlyDeleted: 'Recently deleted',
  serverSettings: 'Server settings',
  shortcuts: 'Keyboard shortcuts',
  usage: 'Usage',
};

/** On one message. */
export const messageMenu = {
  copyMarkdown: 'Copy as Markdown',
  copyText: 'Copy as plain text',
  fork: 'Fork from here',
  quote: 'Quote in reply',
  regenerateWith: (model: string) => `Regenerate with ${model}`,
};
