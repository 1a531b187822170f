import { grouped } from './en/numbers';

/**
 * What is wrong with a field, and what to send instead: `msg` in the `details` of an error, always in English. A page
 * shows the first, with a full stop.
 */
export const fields = {
  string: 'Must be a string',
  stringOrNull: 'Must be a string or null',
  notEmpty: 'Must not be empty',
  noNul: 'Must not contain the character U+0000',
  longest: (characters: number) => `Must be at most ${String(characters)} characters`,
  whole: 'Must be a whole number',
  atLeast: (least: number) => `Must be at least ${String(least)}`,
  atMost: (most: number) => `Must be at most ${String(most)}`,
  trueOrFalse: 'Must be true or false',
  true: 'Must be true',
  one: 'Must be 1',
  oneList: 'Send at most one of pinned, archived and deleted',
  whatToChange:
    'Send title, pinned, archived, system_prompt, model, temperature, max_tokens or head',
  role: 'Must be user or assistant',
  model: 'Must be the name of a model',
  modelOrNull: 'Must be the name of a model, or null',
  numberOrNull: 'Must be a number or null',
  wholeOrNull: 'Must be a whole number or null',
  oneOf: (names: readonly string[], more: number) =>
    `Must be one of: ${names.join(', ')}${more > 0 ? `, or one of ${grouped(more)} more that GET /api/models lists` : ''}`,
  requestId: 'Must be a request id',
  sessionOfReply: 'Must be the session of the reply',
  notWithContinue: 'Must not be sent with continue',
  messageId: 'Must be the id of a message',
  messageIdOrNull: 'Must be the id of a message, or null',
  notWithRegenerate: 'Must not be sent with regenerate',
  withSession: 'Send session_id too',
  notWithHead: 'Must not be sent with head',
  notWithTitle: 'Must not be sent with title',
  all: 'Must be all',
  notWithBranches: 'Must not be sent with branches',
  memoryOrEnabled: 'Send memory, enabled or both',
  whatToDelete: 'Say what to delete permanently: ?everything=true or ?trash=true',
  cursor: 'Must be taken from the Link header of a page',
  frameId: 'Must be the id of a frame of this stream',
  time: 'Must be a time such as 2026-01-31T12:00:00Z, or a date',
  idempotencyKey: 'Must be 1 to 255 visible ASCII characters',
  contentType: 'Send the body as application/json',
};
