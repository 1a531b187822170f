import { counted, grouped } from './parts/numbers';

export const composer = {
  message: 'Nachricht',
  placeholder: 'Stell eine Frage',
  hint: 'Enter sendet, Umschalt+Enter beginnt eine neue Zeile',
  wait: 'Warte auf die Antwort oder halte sie an.',
  send: 'Senden',
  stop: 'Anhalten',
  stopping: 'Wird angehalten…',
  stopFailed: 'Die Antwort konnte nicht angehalten werden. Versuche es erneut.',
  model: 'Modell',
  modelIs: (name: string) => `Modell: ${name}`,
  counter: (length: number, most: number) => `${grouped(length)} / ${grouped(most)}`,
  tooMany: (over: number) => `${counted(over, 'Zeichen', 'Zeichen')} zu viel. Kürze die Nachricht.`,
  messagesLeft: (left: number, window: string) =>
    left === 0
      ? `Keine Nachricht mehr ${window}`
      : `Noch ${counted(left, 'Nachricht', 'Nachrichten')} ${window}`,
  thisMinute: 'in dieser Minute',
  forWait: (wait: string) => `in den nächsten ${wait}`,
};

export const waits = {
  seconds: (count: number) => `${String(count)} s`,
  minutes: (count: number) => `${String(count)} min`,
  hours: (count: number) => `${String(count)} h`,
  tryAgainIn: (wait: string) => `Erneut versuchen in ${wait}`,
};
