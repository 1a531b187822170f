/** Words of buttons and notices that are the same wherever they stand. */
export const controls = {
  copy: 'Copy',
  copied: 'Copied!',
  selected: 'Selected. Press Ctrl/⌘ + C to copy',
  cancel: 'Cancel',
  restore: 'Restore',
  reload: 'Reload',
  loading: 'Loading…',
  keepMine: 'Keep my version',
  takeTheirs: 'Use the other version',
  closeNotice: 'Close notice',
  reference: (id: string) => `(Ref: ${id})`,
};
