import { RESTORE_DAYS } from '@/lib/retention';

const DAYS = `${String(RESTORE_DAYS)} Tage`;

export const trash = {
  about: `Gelöschte Chats lassen sich ${DAYS} lang wiederherstellen. Danach werden sie endgültig entfernt.`,
  none: `Keine gelöschten Chats. Chats, die du löschst, bleiben ${DAYS} lang hier.`,
  on: (day: string) => `Gelöscht: ${day}`,
  restoreNamed: (title: string) => `${title} wiederherstellen`,
  empty: {
    open: 'Leeren…',
    title: '„Kürzlich gelöscht“ leeren?',
    what: 'Die Chats, die du gelöscht hast, werden mit ihren Nachrichten und Gedächtnissen endgültig gelöscht. Das **lässt sich nicht rückgängig machen**.',
  },
  forGood: {
    open: (title: string) => `${title} endgültig löschen…`,
    title: (title: string) => `„${title}“ endgültig löschen?`,
    what: 'Der Chat wird mit allen Nachrichten und seinem Gedächtnis gelöscht. Das **lässt sich nicht rückgängig machen**.',
    run: 'Endgültig löschen',
  },
  older: 'Früher gelöscht',
  everything: {
    title: 'Alles löschen?',
    what: 'Das löscht alle deine Daten auf diesem Server:',
    parts: [
      'jeden Chat mit allen Nachrichten und Antworten,',
      'jedes Gedächtnis und „Über mich“, mit ihrem Verlauf,',
      `Chats, die in den letzten ${String(RESTORE_DAYS)} Tagen gelöscht wurden,`,
      'und nicht gesendete Entwürfe in diesem Browser.',
    ],
    forGood:
      'Das gilt sofort und **lässt sich nicht rückgängig machen**. Exportiere vorher, was du behalten willst.',
    word: 'löschen',
    confirm: (word: string) => `Gib zur Bestätigung **${word}** ein`,
    run: 'Alles löschen',
    running: 'Wird gelöscht…',
    unknown: 'Vielleicht wurde nicht alles gelöscht. Versuche es erneut.',
  },
};
