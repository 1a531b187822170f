import { compact, counted, grouped, percent, seconds } from './numbers';

/** What a reply and a session cost. */
export const facts = {
  line: (model: string | null, tokens: number | null, totalMs: number | null) =>
    [
      model,
      tokens !== null && counted(tokens, 'token', 'tokens'),
      totalMs !== null && seconds(totalMs),
    ]
      .filter(Boolean)
      .join(' · '),
  /** Read aloud before the line. */
  of: 'Facts of the reply:',
  model: 'Model',
  tokensIn: 'Tokens in',
  tokensOut: 'Tokens out',
  firstToken: 'First token after',
  total: 'Total time',
  ended: 'Ended',
  finish: {
    length: 'at the length limit',
    filter: 'by a content filter',
    'tool-calls': 'at a call of a tool',
  },
  tokens: grouped,
  time: seconds,
  pill: {
    label: 'Tokens of this session',
    count: compact,
    unit: 'tokens',
    share: percent,
    session: (tokens: number) =>
      `The replies of this session took ${counted(tokens, 'token', 'tokens')}, prompts included.`,
    context: (tokens: number, window: number, share: number) =>
      `The last prompt and its reply take ${grouped(tokens)} of the ${grouped(window)} tokens that the model can read: ${percent(share)}.`,
  },
};
