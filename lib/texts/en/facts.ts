import { compact, counted, grouped, percent, seconds } from './parts/numbers';

/** What a reply and a session cost. */
export const facts = {
  line: (model: string | null, tokens: number | null, totalMs: number | null, time: string) =>
    [
      model,
      tokens !== null && counted(tokens, 'token', 'tokens'),
      totalMs !== null && seconds(totalMs),
      time,
    ]
      .filter(Boolean)
      .join(' · '),
  /** Read aloud before the line. */
  of: 'Reply details:',
  model: 'Model',
  tokensIn: 'Tokens in',
  tokensOut: 'Tokens out',
  firstToken: 'Time to first token',
  total: 'Total time',
  ended: 'Ended',
  written: 'Written',
  finish: {
    length: 'at the length limit',
    filter: 'by a content filter',
    'tool-calls': 'at a tool call',
  },
  tokens: grouped,
  time: seconds,
  pill: {
    label: 'Tokens of this chat',
    count: compact,
    unit: 'tokens',
    share: percent,
    session: (tokens: number) =>
      `The replies of this chat took ${counted(tokens, 'token', 'tokens')}, prompts included.`,
    context: (tokens: number, window: number, share: number) =>
      `The last prompt and its reply take ${grouped(tokens)} of the ${grouped(window)} tokens that the model can read: ${percent(share)}.`,
  },
};

/** What the model saw of a session. */
export const prompts = {
  title: 'What the model saw',
  close: 'Close',
  about: 'The request that produced this reply, exactly as sent. Later changes are not shown.',
  continued: (at: number, of: number) => `Request ${String(at)} of ${String(of)}`,
  system: 'System prompt',
  memory: 'Memory',
  forgotten: 'The text sent here has since been forgotten.',
  noMemory: 'No memory was sent.',
  exchanges: 'Messages',
  user: 'You',
  assistant: 'Model',
  omitted: (messages: number) =>
    messages === 0
      ? 'Nothing was left out.'
      : `${counted(messages, 'earlier message was', 'earlier messages were')} left out, because they did not fit.`,
  facts: 'Request',
  model: 'Model',
  tokens: 'Tokens in',
  tokenCount: grouped,
  notCounted: 'not counted',
};
