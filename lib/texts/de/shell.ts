const APP = 'Ask-Next';

export const shell = {
  app: APP,
  titled: (title: string) => `${title} · ${APP}`,
  skip: 'Zum Nachrichtenfeld springen',
  skipToContent: 'Zum Inhalt springen',
  closeSessions: 'Liste der Chats schließen',
  settings: 'Einstellungen',
  hideSidebar: 'Seitenleiste ausblenden (Strg+B)',
  showSidebar: 'Seitenleiste einblenden (Strg+B)',
  offline: 'Verbindung wird wiederhergestellt…',
  fault: {
    page: 'Diese Seite konnte nicht geladen werden',
    retry: 'Erneut versuchen',
    retrying: 'Wird versucht…',
  },
};

export const notices = {
  done: 'Die Antwort ist fertig',
  failed: 'Die Antwort ist fehlgeschlagen',
};
