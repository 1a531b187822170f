import { counted, grouped } from './parts/numbers';

export const transcript = {
  messages: 'Messages',
  you: 'You',
  showMore: 'Show more',
  showLess: 'Show less',
  reply: 'Reply',
  latest: 'Jump to latest',
  earlier: {
    idle: 'Show earlier messages',
    loading: 'Loading…',
    failed: 'Could not load. Try again',
  },
  reasoning: {
    thinking: (seconds: number | null) =>
      seconds === null ? 'Thinking…' : `Thinking… ${grouped(seconds)} s`,
    thought: (seconds: number | null) =>
      seconds === null ? 'Thought' : `Thought for ${grouped(seconds)} s`,
  },
  sources: (count: number) => counted(count, 'source', 'sources'),
  notBegun: 'Waiting for the reply to start',
  waiting: 'Still waiting for the model…',
  lost: 'Connection lost. Reconnecting…',
  continue: 'Continue',
  retry: 'Retry',
  edit: 'Edit',
  dismiss: 'Dismiss',
  withoutReply: 'Message without a reply',
  olderFailures: (count: number) =>
    `${counted(count, 'earlier message', 'earlier messages')} without a reply`,
  omitted: (count: number) =>
    `${counted(count, 'earlier message did not fit and was', 'earlier messages did not fit and were')} not sent to the model`,
  /** Read aloud. */
  status: {
    lost: 'Connection lost. Reconnecting.',
    writing: 'The reply is being written.',
    stopped: 'The reply was stopped.',
    reply: (text: string) => `Reply: ${text}`,
    longReply: (text: string) => `Reply: ${text}… and more.`,
  },
};

/** What stands around the formatted parts of a reply. */
export const markdown = {
  code: (language: string) => `Code: ${language}`,
  plainCode: 'Text',
  wrapCode: 'Wrap long lines',
  numberCode: 'Line numbers',
  saveCode: (file: string) => `Download as ${file}`,
  allLines: (count: number) => `Show all ${grouped(count)} lines`,
  fewerLines: 'Show fewer lines',
  diagram: {
    language: 'Mermaid',
    name: 'Diagram',
    picture: (title: string) => (title ? `Diagram: ${title}` : 'Diagram'),
    source: 'Show the source',
    problem: (reason: string | null) =>
      reason === null
        ? 'This diagram cannot be drawn here. Its source:'
        : `This diagram has a mistake: ${reason}`,
  },
  table: 'Table',
  copyTable: 'Copy as CSV',
  image: 'Image',
  remoteImage: (name: string, host: string | null) =>
    `Image: ${name || 'untitled'}${host === null ? '' : ` (${host})`}`,
  footnotes: 'Footnotes',
  footnote: (number: string) => `Footnote ${number}`,
  backToMark: (number: number) => `Back to footnote mark ${number}`,
  taskDone: 'Done',
  taskOpen: 'Open',
  asWritten: 'Parts of this reply are too large to format and are shown as plain text.',
  outOfDate: 'A new version is available. Reload the page to format replies.',
};
