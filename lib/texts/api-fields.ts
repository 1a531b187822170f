import { grouped } from './en/parts/numbers';

/**
 * What is wrong with a field, and what to send instead: `msg` in the `details` of an error, always in English. A page
 * shows the first, with a full stop.
 */
export const fields = {
  string: 'Must be a string',
  setInEnvironment: 'is set in the environment of the server, which wins',
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
  zeroOrOne: 'Must be 0 or 1',
  oneList: 'Send at most one of pinned, archived and deleted',
  whatToChange:
    'Send title, pinned, archived, tags, system_prompt, model, temperature, max_tokens or head',
  personChange: 'Send role, disabled or both',
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
  history: 'Must be a list of messages, each with role and content',
  mostHistory: (most: number) => `Must be at most ${String(most)} messages`,
  notWithSession: 'Must not be sent with session_id',
  withSession: 'Send session_id too',
  notWithHead: 'Must not be sent with head',
  notWithTitle: 'Must not be sent with title',
  listOfTags: 'Must be a list of tags',
  mostTags: (most: number) => `Must be at most ${String(most)} tags`,
  whichTags: 'Send the tags to add or to remove',
  listOfIds: 'Must be a list of session ids',
  mostIds: (most: number) => `Must be at most ${String(most)} ids`,
  all: 'Must be all',
  notWithBranches: 'Must not be sent with branches',
  memoryOrEnabled: 'Send memory, enabled or both',
  oneMemoryChange: 'Send one of pin, unpin, forget and undo',
  whatToDelete: 'Say what to delete permanently: ?everything=true or ?trash=true',
  cursor: 'Must be taken from the Link header of a page',
  frameId: 'Must be the id of a frame of this stream',
  listOfScopes: 'Must be a list of scopes, with one or more of them',
  keyEnd: 'Must be a time in the future such as 2030-01-31T12:00:00Z, or null',
  keyOutlives: 'Must not be later than the end of the key that makes it',
  day: 'Must be a date such as 2026-01-31',
  notAfterTo: 'Must not be later than to',
  mostDays: (most: number) => `Must be at most ${String(most)} days before to`,
  time: 'Must be a time such as 2026-01-31T12:00:00Z, or a date',
  idempotencyKey: 'Must be 1 to 255 visible ASCII characters',
  textContent:
    'Must be a text, or a list of parts of the type text: images, audio and files are not supported',
  userContent:
    'Must be a text, or a list of parts of the types text and image_url, with a data: URL of an image: audio and files are not supported',
  imageUrl:
    'Must be a data: URL of a PNG, JPEG, GIF or WebP image in base64: addresses are not fetched',
  imageInSession:
    'Images are not supported with a session: leave out X-Ask-Session and metadata.session_id',
  chatMessages: 'Must be a list of messages, each with role and content',
  chatMessage: 'Must be a message whose role is system, developer, user, assistant or tool',
  toolCalls: 'Must be a list of tool calls, each with id and function',
  tools: 'Must be a list of tools, each with type and function',
  mostTools: (most: number) => `Must be at most ${String(most)} tools`,
  onlyFunctions: 'Must be function: other types of tools are not supported',
  useTools: 'Not supported: send tools',
  toolChoice: 'Must be none, auto, required or a function',
  stop: (most: number) => `Must be a text, or a list of at most ${String(most)}`,
  logitBias: 'Must be an object of numbers',
  responseFormat: 'Must be an object with the type text, json_object or json_schema',
  streamOptions: 'Must be an object, such as {"include_usage": true}',
  object: 'Must be an object',
  onlyText: 'Must be text: nothing else is supported',
  notSupported: 'Not supported: leave it out',
  // Coding agents know both by their first words, and shorten the prompt.
  longestPrompt: (characters: number) =>
    `The prompt exceeds the context window: it must be at most ${String(characters)} characters in all, tools included (CHAT_CONTEXT_MAX_CHARS). Reduce the length of the messages`,
  contextWindow: (model: string) =>
    `The prompt exceeds the context window of ${model}. Reduce the length of the messages`,
  userLast: 'With a session, the last message must be one of the user, and not empty',
  notInSession:
    'Not supported with a session: leave out tools, or X-Ask-Session and metadata.session_id',
  longestFormat: (characters: number) =>
    `With a session, the parameters must be at most ${String(characters)} characters as JSON`,
  contentType: 'Send the body as application/json',
};
