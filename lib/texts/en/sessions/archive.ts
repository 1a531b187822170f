/** Sessions that were put away, out of the list. */
export const archive = {
  done: 'Chat archived',
  notArchived: (why: string) => `Could not archive the chat. ${why}`,
  notUnarchived: (why: string) => `Could not unarchive the chat. ${why}`,
};

/** Their list. */
export const archiveList = {
  unarchiveNamed: (title: string) => `Unarchive ${title}`,
  about: 'Archived chats are kept, and are not in your list. A new message brings one back.',
  none: 'No archived chats.',
  on: (day: string) => `Archived ${day}`,
  older: 'Archived earlier',
};
