import { RESTORE_DAYS } from '@/lib/retention';

const DAYS = `${String(RESTORE_DAYS)} Tage`;

export const deletion = {
  undo: 'Rückgängig',
  deleted: 'Chat gelöscht',
  notDeleted: (why: string) => `Der Chat konnte nicht gelöscht werden. ${why}`,
  notRestored: (why: string) => `Der Chat konnte nicht wiederhergestellt werden. ${why}`,
  deletedHere: 'Dieser Chat wurde gelöscht',
  deletedElsewhere: `Er wurde in einem anderen Tab oder auf einem anderen Gerät gelöscht. Dein Entwurf bleibt erhalten. Du kannst den Chat ${DAYS} lang wiederherstellen.`,
  restorable: `Du kannst ihn ${DAYS} lang nach dem Löschen mit allen Nachrichten wiederherstellen.`,
  cannotRestore: `Dieser Chat kann nicht mehr wiederhergestellt werden: Es sind mehr als ${DAYS} vergangen, oder der Server erkennt diesen Browser nicht mehr.`,
  yourData: 'Deine Daten',
  everythingDone: 'Alle deine Daten wurden gelöscht.',
};
