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

export const server = {
  about: 'Eine Chat-App für große Sprachmodelle, die du selbst betreibst.',
  tryLater: (seconds: string) =>
    `Versuche es in ${seconds} s erneut. Deine Nachrichten und Entwürfe bleiben erhalten.`,
  notFound: {
    title: 'Nicht gefunden',
    heading: 'Seite nicht gefunden',
    about:
      'Dieser Chat oder diese Seite existiert nicht, wurde gelöscht oder gehört jemand anderem. Prüfe die Adresse.',
    begin: 'Neuen Chat beginnen',
  },
};
