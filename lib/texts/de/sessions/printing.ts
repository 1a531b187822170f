import { counted } from '../parts/numbers';

export const printing = {
  partly: 'Frühere Nachrichten sind nicht geladen. „Drucken…“ im Menü des Chats druckt alle.',
};

export const printed = {
  run: 'Drucken',
  preparing: 'Die Seite wird vorbereitet…',
  back: 'Zurück zum Chat',
  cut: (count: number) =>
    count === 1
      ? `Nur die letzte ${counted(count, 'Nachricht', 'Nachrichten')} dieses Chats. Ein Export enthält alle.`
      : `Nur die letzten ${counted(count, 'Nachricht', 'Nachrichten')} dieses Chats. Ein Export enthält alle.`,
};
