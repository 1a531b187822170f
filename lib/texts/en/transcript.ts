import { counted } from './numbers';

export const transcript = {
  messages: 'Messages',
  you: 'You',
  reply: 'Reply',
  latest: 'Jump to latest',
  earlier: {
    idle: 'Show earlier messages',
    loading: 'Loading…',
    failed: 'That did not work. Try again',
  },
  notBegun: 'The reply has not begun yet',
  waiting: 'Waiting for the model. It may still be loading, or thinking.',
  lost: 'The connection is lost. Trying again…',
  continue: 'Continue',
  retry: 'Retry',
  edit: 'Edit',
  dismiss: 'Dismiss',
  withoutReply: 'Message without a reply',
  olderFailures: (count: number) =>
    `${counted(count, 'earlier message', 'earlier messages')} without a reply`,
  omitted: (count: number) =>
    `${counted(count, 'earlier message was', 'earlier messages were')} left out of what the model read`,
  /** Read aloud. */
  status: {
    lost: 'The connection is lost. Trying again.',
    writing: 'The reply is being written.',
    stopped: 'The reply was stopped.',
    reply: (text: string) => `Reply: ${text}`,
    longReply: (text: string) => `Reply: ${text}… and more.`,
  },
};

/** What stands around the formatted parts of a reply. */
export const markdown = {
  code: (language: string) => `Code: ${language}`,
  plainCode: 'text',
  table: 'Table',
  image: 'Image',
  remoteImage: (name: string, host: string | null) =>
    `Image: ${name || 'untitled'}${host === null ? '' : ` (${host})`}`,
  footnotes: 'Footnotes',
  footnote: (number: string) => `Footnote ${number}`,
  backToMark: (number: number) => `Back to footnote mark ${number}`,
  taskDone: 'Done',
  taskOpen: 'Open',
  asWritten:
    'Parts of this text are too large to format and are shown as they were written. Copy or export it to read it elsewhere.',
  outOfDate: 'This page is out of date and cannot format replies. Reload it to get the new one.',
};
