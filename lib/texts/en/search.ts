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
  from: { user: 'You', assistant: 'Reply', title: 'Title', memory: 'Memory' },
};
