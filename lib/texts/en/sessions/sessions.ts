export const sessions = {
  sessions: 'Chats',
  yours: 'Your chats',
  untitled: 'New chat',
  begin: 'New chat',
  all: 'All chats',
  noneYet: 'No chats yet. They are saved here, for you only.',
  groups: {
    pinned: 'Pinned',
    today: 'Today',
    yesterday: 'Yesterday',
    lastDays: 'Last 7 days',
    earlier: 'Earlier',
  },
  state: { running: 'A reply is being written', unseen: 'New reply' },
  actions: (title: string) => `Actions for ${title}`,
  notPinned: (why: string) => `Could not pin the chat. ${why}`,
  notUnpinned: (why: string) => `Could not unpin the chat. ${why}`,
  name: 'Name of the chat',
  notRenamed: (why: string) => `Could not rename the chat. ${why}`,
  renamedElsewhere: 'Renamed elsewhere',
  renamedMeanwhile: 'This chat was renamed elsewhere in the meantime.',
  theirs: 'Other name',
  yourName: 'Your name for it',
  changesNotShown: (why: string) => `Changes from other tabs and devices are paused. ${why}`,
  serverSilent: 'The server is not responding. The page will open when it does.',
};

/** The list of all sessions. */
export const sessionList = {
  older: 'Older chats',
  none: 'No chats yet.',
};

/** What a session asks of its model. */
export const settings = {
  title: 'Chat settings',
  about: 'Applies to the next messages of this chat. Leave a field empty to use the default.',
  systemPrompt: 'System prompt',
  model: 'Model',
  modelDefault: (model: string | null) => (model === null ? 'Default' : `Default (${model})`),
  temperature: 'Temperature',
  temperatureHint:
    '0 to 2. Lower is more predictable, higher more varied. Sent only to models that support it.',
  maxTokens: 'Maximum reply tokens',
  ownDefault: 'The model’s own',
  save: 'Save',
  reset: 'Reset to defaults',
  cancel: 'Cancel',
};
