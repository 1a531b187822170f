import { counted } from './parts/numbers';

/** The palette: search, and what else can be done from the keyboard. */
export const palette = {
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
  theme: { system: 'System', light: 'Light', dark: 'Dark' },
  themeTitle: (name: string) => `${name} colours`,
};

/** Switching notices on and off. */
export const noticeSwitch = {
  turnOn: 'Tell me when a reply is done',
  turnOff: 'Stop telling me when a reply is done',
  refused:
    'This browser does not allow notices from here. Allow them in its settings for this site.',
  isOn: 'You will be told when a reply is done while this page is hidden.',
};

/** Choosing among many models. */
export const modelSearch = {
  models: 'Models',
  searchModels: 'Search models',
  noModel: 'No model has this name.',
  chosenModel: '(chosen)',
};
