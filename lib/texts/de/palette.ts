import { counted } from './parts/numbers';

export const palette = {
  title: 'Suche und Befehle',
  field: 'Chats und Befehle suchen',
  results: 'Nachrichten und Chats',
  commands: 'Befehle',
  searching: 'Wird gesucht…',
  none: 'Nichts gefunden.',
  found: (count: number) => counted(count, 'Treffer', 'Treffer'),
  indexing: 'Ältere Nachrichten werden noch in die Suche aufgenommen.',
  withModel: (model: string) => `${model} verwenden`,
  close: 'Suche schließen',
  from: { user: 'Du', assistant: 'Antwort', title: 'Titel', memory: 'Gedächtnis' },
  theme: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  themeTitle: (name: string) => `Farben: ${name}`,
};

export const noticeSwitch = {
  turnOn: 'Melden, wenn eine Antwort fertig ist',
  turnOff: 'Nicht mehr melden, wenn eine Antwort fertig ist',
  refused:
    'Dieser Browser lässt von dieser Seite keine Hinweise zu. Erlaube sie in seinen Einstellungen für diese Website.',
  isOn: 'Du bekommst einen Hinweis, wenn eine Antwort fertig ist, während diese Seite verdeckt ist.',
};

export const modelSearch = {
  models: 'Modelle',
  searchModels: 'Modelle durchsuchen',
  noModel: 'Kein Modell heißt so.',
  chosenModel: '(gewählt)',
};
