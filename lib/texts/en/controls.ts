/** Words of buttons and notices that are the same wherever they stand. */
export const controls = {
  copy: 'Copy',
  copied: 'Copied!',
  selected: 'Selected. Copy it now',
  cancel: 'Cancel',
  restore: 'Restore',
  reload: 'Reload',
  loading: 'Loading…',
  keepMine: 'Keep mine',
  takeTheirs: 'Use theirs',
  closeNotice: 'Close notice',
  reference: (id: string) => `(Ref: ${id})`,
};
