import { counted, grouped } from './parts/numbers';

export const composer = {
  message: 'Message',
  placeholder: 'Ask anything',
  hint: 'Enter to send, Shift+Enter for a new line',
  wait: 'Wait for the reply, or stop it.',
  send: 'Send',
  stop: 'Stop',
  stopping: 'Stopping…',
  stopFailed: 'Could not stop the reply. Try again.',
  model: 'Model',
  modelIs: (name: string) => `Model: ${name}`,
  counter: (length: number, most: number) => `${grouped(length)} / ${grouped(most)}`,
  tooMany: (over: number) =>
    `${counted(over, 'character', 'characters')} over the limit. Shorten the message.`,
  messagesLeft: (left: number, window: string) =>
    left === 0
      ? `No messages left ${window}`
      : `${counted(left, 'message', 'messages')} left ${window}`,
  thisMinute: 'this minute',
  forWait: (wait: string) => `for ${wait}`,
};

/** A wait as people say it: 40 s, 3 min, 2 h. */
export const waits = {
  seconds: (count: number) => `${String(count)} s`,
  minutes: (count: number) => `${String(count)} min`,
  hours: (count: number) => `${String(count)} h`,
  tryAgainIn: (wait: string) => `Try again in ${wait}`,
};
