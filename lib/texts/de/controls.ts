export const controls = {
  copy: 'Kopieren',
  copied: 'Kopiert!',
  selected: 'Markiert. Drücke Strg/⌘ + C zum Kopieren',
  cancel: 'Abbrechen',
  restore: 'Wiederherstellen',
  reload: 'Neu laden',
  loading: 'Wird geladen…',
  notLoaded: {
    title: 'Das konnte nicht geladen werden',
    about: 'Prüfe deine Verbindung und lade die Seite neu. Entwürfe bleiben erhalten.',
  },
  keepMine: 'Meine Fassung behalten',
  takeTheirs: 'Die andere Fassung nehmen',
  closeNotice: 'Hinweis schließen',
  details: 'Details',
  reference: (id: string) => `Ref.: ${id}`,
};

export const opens = {
  memory: 'Gedächtnis',
  seen: 'Was das Modell gesehen hat',
  temporary: 'Temporärer Chat',
};
