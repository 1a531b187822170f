/** Words of buttons and notices that are the same wherever they stand. */
export const controls = {
  copy: 'Copy',
  copied: 'Copied!',
  selected: 'Selected. Press Ctrl/⌘ + C to copy',
  cancel: 'Cancel',
  restore: 'Restore',
  reload: 'Reload',
  loading: 'Loading…',
  notLoaded: {
    title: 'This could not be loaded',
    about: 'Check your connection, then reload the page. Drafts are kept.',
  },
  keepMine: 'Keep my version',
  takeTheirs: 'Use the other version',
  closeNotice: 'Close notice',
  details: 'Details',
  reference: (id: string) => `Ref: ${id}`,
};

/** What a press opens; the rest of its words loads with it. */
export const opens = {
  memory: 'Memory',
  seen: 'What the model saw',
  temporary: 'Temporary chat',
};
