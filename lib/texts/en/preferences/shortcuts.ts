/** The list of keyboard shortcuts. */
export const shortcuts = {
  heading: 'Keyboard shortcuts',
  close: 'Close',
  what: {
    palette: 'Search and commands',
    begin: 'New chat',
    sidebar: 'Hide or show the sidebar',
    field: 'Go to the message field',
    list: 'This list',
    send: 'Send the message',
    line: 'A new line',
    previous: 'Previous version, at ‹ 2/3 ›',
    next: 'Next version, at ‹ 2/3 ›',
    range: 'Select a range in a list',
    close: 'Close, or stop editing',
  },
  control: 'Ctrl',
  command: '⌘',
  shift: 'Shift',
  keys: {
    enter: 'Enter',
    escape: 'Esc',
    arrowleft: '←',
    arrowright: '→',
    ' ': 'Space',
  },
};
