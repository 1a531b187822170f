export const archive = {
  done: 'Chat archiviert',
  notArchived: (why: string) => `Der Chat konnte nicht archiviert werden. ${why}`,
  notUnarchived: (why: string) => `Der Chat konnte nicht aus dem Archiv geholt werden. ${why}`,
};

export const archiveList = {
  unarchiveNamed: (title: string) => `${title} aus dem Archiv holen`,
  about:
    'Archivierte Chats bleiben erhalten, stehen aber nicht in deiner Liste. Eine neue Nachricht holt einen zurück.',
  none: 'Keine archivierten Chats.',
  on: (day: string) => `Archiviert: ${day}`,
  older: 'Früher archiviert',
};
