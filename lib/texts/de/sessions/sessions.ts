export const sessions = {
  sessions: 'Chats',
  yours: 'Deine Chats',
  untitled: 'Neuer Chat',
  begin: 'Neuer Chat',
  all: 'Alle Chats',
  noneYet: 'Noch keine Chats. Sie werden hier gespeichert, nur für dich.',
  groups: {
    pinned: 'Angeheftet',
    today: 'Heute',
    yesterday: 'Gestern',
    lastDays: 'Letzte 7 Tage',
    earlier: 'Früher',
  },
  state: { running: 'Eine Antwort wird geschrieben', unseen: 'Neue Antwort' },
  actions: (title: string) => `Aktionen für ${title}`,
  notPinned: (why: string) => `Der Chat konnte nicht angeheftet werden. ${why}`,
  notUnpinned: (why: string) => `Der Chat ist noch angeheftet. ${why}`,
  name: 'Name des Chats',
  notRenamed: (why: string) => `Der Chat konnte nicht umbenannt werden. ${why}`,
  renamedElsewhere: 'Anderswo umbenannt',
  renamedMeanwhile: 'Dieser Chat wurde inzwischen anderswo umbenannt.',
  theirs: 'Anderer Name',
  yourName: 'Dein Name dafür',
  changesNotShown: (why: string) =>
    `Änderungen aus anderen Tabs und Geräten kommen gerade nicht an. ${why}`,
  serverSilent: 'Der Server antwortet nicht. Die Seite öffnet sich, sobald er es tut.',
};

export const sessionList = {
  older: 'Ältere Chats',
  none: 'Noch keine Chats.',
};

export const settings = {
  title: 'Chat-Einstellungen',
  about:
    'Gilt für die nächsten Nachrichten dieses Chats. Lass ein Feld leer, um die Vorgabe zu verwenden.',
  systemPrompt: 'System-Prompt',
  model: 'Modell',
  modelDefault: (model: string | null) => (model === null ? 'Vorgabe' : `Vorgabe (${model})`),
  temperature: 'Temperatur',
  temperatureHint:
    '0 bis 2. Niedriger ist vorhersehbarer, höher abwechslungsreicher. Wird nur an Modelle gesendet, die das unterstützen.',
  maxTokens: 'Höchstzahl an Tokens je Antwort',
  ownDefault: 'Wie das Modell es vorsieht',
  save: 'Speichern',
  reset: 'Auf Vorgaben zurücksetzen',
  cancel: 'Abbrechen',
};
