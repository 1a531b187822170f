import { counted } from './numbers';

/** The palette: search, and what else can be done from the keyboard. */
export const search = {
  open: 'Search',
  shortcut: 'Ctrl + K or ⌘ + K',
  title: 'Search and commands',
  field: 'Search your chats or type a command',
  results: 'Messages and chats',
  commands: 'Commands',
  searching: 'Searching…',
  none: 'Nothing found.',
  found: (count: number) => counted(count, 'result', 'results'),
  indexing: 'Older messages are still being indexed.',
  withModel: (model: string) => `Use ${model}`,
  close: 'Close search',
  keys: {
    heading: 'Keyboard shortcuts',
    all: [
      { keys: 'Ctrl + K or ⌘ + K', what: 'Search and commands' },
      { keys: 'Enter', what: 'Send the message' },
      { keys: 'Shift + Enter', what: 'A new line' },
      { keys: '← →', what: 'Previous or next version (‹ 2/3 ›)' },
      { keys: 'Shift + Space', what: 'Select a range in a list' },
      { keys: 'Esc', what: 'Close, or stop editing' },
    ],
  },
  from: { user: 'You', assistant: 'Reply', title: 'Title', memory: 'Memory' },
};
