import { counted, grouped } from '../parts/numbers';

const sessions = (count: number) => counted(count, 'chat', 'chats');

/** The lists of sessions: sort, filter, select many. */
export const bulk = {
  lists: 'Lists',
  select: (title: string) => `Select ${title}`,
  selectAll: 'Select all shown',
  selected: (count: number) => `${grouped(count)} selected`,
  clear: 'Clear selection',
  actions: 'Selected chats',
  export: 'Export',
  failed: (why: string) => `Some chats may not have been changed. ${why}`,
  done: {
    delete: (count: number) => `${sessions(count)} deleted`,
    restore: (count: number) => `${sessions(count)} restored`,
    'delete-permanently': (count: number) => `${sessions(count)} permanently deleted`,
    archive: (count: number) => `${sessions(count)} archived`,
    unarchive: (count: number) => `${sessions(count)} unarchived`,
    pin: (count: number) => `${sessions(count)} pinned`,
    unpin: (count: number) => `${sessions(count)} unpinned`,
    tag: (count: number) => `Tags of ${sessions(count)} changed`,
  },
  deleteForGood: (count: number) => `Delete ${sessions(count)} permanently?`,
  whatForGood: 'This deletes them with all their messages and memories. It **cannot be undone**.',
  sort: 'Sort by',
  sorts: { updated: 'Last activity', created: 'Created', title: 'Title' },
  lastArchived: 'Last archived',
  tag: 'Tag',
  anyTag: 'Any',
  model: 'Model',
  anyModel: 'Any',
  show: 'Show',
  more: 'More chats',
  noneMatch: 'No chats match.',
  showAll: 'Show all',
  pinned: 'Pinned',
  others: 'Others',
  created: (day: string) => `Created ${day}`,
};
