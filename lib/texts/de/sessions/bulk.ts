import { counted, grouped } from '../parts/numbers';

const sessions = (count: number) => counted(count, 'Chat', 'Chats');

export const bulk = {
  lists: 'Listen',
  select: (title: string) => `${title} auswählen`,
  selectAll: 'Alle angezeigten auswählen',
  selected: (count: number) => `${grouped(count)} ausgewählt`,
  clear: 'Auswahl aufheben',
  actions: 'Ausgewählte Chats',
  export: 'Exportieren',
  failed: (why: string) => `Vielleicht wurden nicht alle Chats geändert. ${why}`,
  done: {
    delete: (count: number) => `${sessions(count)} gelöscht`,
    restore: (count: number) => `${sessions(count)} wiederhergestellt`,
    'delete-permanently': (count: number) => `${sessions(count)} endgültig gelöscht`,
    archive: (count: number) => `${sessions(count)} archiviert`,
    unarchive: (count: number) => `${sessions(count)} aus dem Archiv geholt`,
    pin: (count: number) => `${sessions(count)} angeheftet`,
    unpin: (count: number) => `${sessions(count)} nicht mehr angeheftet`,
    tag: (count: number) => `Schlagwörter von ${sessions(count)} geändert`,
  },
  deleteForGood: (count: number) => `${sessions(count)} endgültig löschen?`,
  whatForGood:
    'Sie werden mit allen Nachrichten und Gedächtnissen gelöscht. Das **lässt sich nicht rückgängig machen**.',
  sort: 'Sortieren nach',
  sorts: { updated: 'Letzte Aktivität', created: 'Anlegedatum', title: 'Titel' },
  lastArchived: 'Zuletzt archiviert',
  tag: 'Schlagwort',
  anyTag: 'Alle',
  model: 'Modell',
  anyModel: 'Alle',
  show: 'Anzeigen',
  more: 'Weitere Chats',
  noneMatch: 'Kein Chat passt dazu.',
  showAll: 'Alle anzeigen',
  pinned: 'Angeheftet',
  others: 'Andere',
  created: (day: string) => `Angelegt: ${day}`,
};
