/** Sessions that were put away, out of the list. */
export const archive = {
  archive: 'Archive',
  unarchive: 'Unarchive',
  unarchiveNamed: (title: string) => `Unarchive ${title}`,
  archived: 'Archived',
  done: 'Session archived',
  notArchived: (why: string) => `Could not archive the session. ${why}`,
  notUnarchived: (why: string) => `Could not unarchive the session. ${why}`,
  about: 'Archived sessions are kept, and are not in your list. A new message brings one back.',
  none: 'No archived sessions.',
  on: (day: string) => `Archived ${day}`,
  older: 'Archived earlier',
};
