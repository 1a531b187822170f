import { counted } from '../parts/numbers';

export const tagging = {
  tags: 'Schlagwörter',
  ofOne: (title: string) => `Schlagwörter von „${title}“`,
  ofMany: (count: number) => `Schlagwörter von ${counted(count, 'Chat', 'Chats')}`,
  none: 'Du hast noch keine Schlagwörter. Füge das erste hinzu.',
  fresh: 'Neues Schlagwort',
  add: 'Hinzufügen',
  save: 'Speichern',
  full: (most: number) => `Ein Chat kann ${String(most)} Schlagwörter haben.`,
  tooMany: (count: number) =>
    `${counted(count, 'Chat hat', 'Chats haben')} schon zehn Schlagwörter. Entferne zuerst eines.`,
  withTag: (tag: string) => `Chats mit dem Schlagwort ${tag}`,
  loading: 'Wird geladen…',
};
