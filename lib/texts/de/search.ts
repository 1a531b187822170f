export const search = {
  open: 'Suche',
  shortcut: 'Strg + K oder ⌘ + K',
};
