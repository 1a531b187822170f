/** The palette: search, and what else can be done from the keyboard. */
export const search = {
  open: 'Search',
  shortcut: 'Ctrl + K or ⌘ + K',
};
