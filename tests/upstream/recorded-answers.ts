import { DONE, FINISH, finish, raw, status, token, USAGE, type Behaviour } from './upstream';

/** A recorded response of an upstream, and what the user must get. */
interface RecordedAnswer {
  readonly name: string;
  readonly answer: Behaviour;
  readonly text: string;
  readonly state: 'complete' | 'interrupted' | 'failed';
  readonly cut?: 'length' | 'filter' | 'thoughts';
  readonly error?: RegExp;
  /** A part of the cause in the log. */
  readonly cause?: string;
}

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const delta = (fields: object) => event({ choices: [{ index: 0, delta: fields }] });
const labelled =
  (type: string, body: string): Behaviour =>
  (response) =>
    void response.writeHead(200, { 'content-type': type }).end(body);

const labelledPage =
  (code: number): Behaviour =>
  (response) =>
    void response.writeHead(code, { 'content-type': 'text/html' }).end('<html>x</html>');

const whole = (name: string, text: string, ...pieces: string[]): RecordedAnswer => ({
  name,
  answer: raw(...pieces),
  text,
  state: 'complete',
});

const broken = (name: string, ...pieces: string[]): RecordedAnswer => ({
  name,
  answer: raw(token('Hi'), ...pieces),
  text: 'Hi',
  state: 'interrupted',
  error: /cut off/,
});

const refused = (
  name: string,
  answer: Behaviour,
  error: RegExp,
  cause: string,
): RecordedAnswer => ({ name, answer, text: '', state: 'failed', error, cause });

const ANSWER = { role: 'assistant', content: 'Hi' };
const LONG_THOUGHT = 'I wonder what to say. '.repeat(400);

const WHOLE: readonly RecordedAnswer[] = [
  whole(
    'text in parts beside thoughts and references',
    'Hi there',
    delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hmm' }] }] }),
    delta({ content: [{ type: 'text', text: 'Hi' }] }),
    delta({ content: [{ type: 'reference', reference_ids: [1] }] }),
    delta({ content: [{ type: 'text', text: ' there' }] }),
    FINISH + DONE,
  ),
  whole('a thought in the text', 'Hi', token('<think>plan</think>\n\nHi'), FINISH + DONE),
  whole(
    'a thought in pieces',
    'Hi',
    token('<thi'),
    token('nk>pl'),
    token('an</think>'),
    token('Hi'),
    FINISH + DONE,
  ),
  whole(
    'a long thought',
    'Hi',
    token(`<think>${LONG_THOUGHT}</think>`),
    token('Hi'),
    FINISH + DONE,
  ),
  whole(
    'a thought that the template opened',
    'Hi',
    token('plan'),
    token('</think>\n\nHi'),
    FINISH + DONE,
  ),
  whole(
    'the tags of a thought as a subject',
    'Use `</think>` to end.',
    token('Use `</think>` to end.'),
    FINISH + DONE,
  ),
  whole(
    'a refusal',
    "I can't help.",
    delta({ refusal: "I can't" }),
    delta({ refusal: ' help.' }),
    FINISH + DONE,
  ),
  whole(
    'the shape of the old completions',
    'Hi',
    event({ choices: [{ text: 'Hi', finish_reason: 'stop' }] }),
    DONE,
  ),
  whole(
    'one line feed after each event',
    'AB',
    (token('A') + token('B') + FINISH + DONE).replaceAll('\n\n', '\n'),
  ),
  whole(
    'a doubled field name',
    'Hi',
    (token('Hi') + FINISH + DONE).replaceAll('data: ', 'data: data: '),
  ),
  whole(
    'thoughts that Google only marks as such',
    'Hi',
    delta({ content: 'plan', extra_content: { google: { thought: true } } }),
    token('Hi'),
    FINISH + DONE,
  ),
  whole(
    'one part in place of a list',
    'Hi',
    delta({ content: { type: 'text', text: 'Hi' } }),
    FINISH,
  ),
  whole('more text after [DONE]', 'Hi', token('Hi'), FINISH, DONE + token('more')),
  whole(
    'comments between the events',
    'Hi',
    ': PROCESSING\n\n',
    token('Hi'),
    ': PROCESSING\n\n',
    FINISH + DONE,
  ),
  whole('tokens in place of an end', 'Hi', token('Hi'), USAGE),
  whole('tokens after the end', 'Hi', token('Hi'), FINISH, USAGE, DONE),
  whole(
    'a whole answer labelled as a stream',
    'Hi',
    JSON.stringify({ choices: [{ message: ANSWER, finish_reason: 'stop' }] }),
  ),
  {
    ...whole('a stream labelled as JSON', 'Hi'),
    answer: labelled('application/json', token('Hi') + FINISH + DONE),
  },
  {
    ...whole('a stream labelled as text', 'Hi'),
    answer: labelled('text/plain', token('Hi') + FINISH + DONE),
  },
  {
    ...whole('a whole answer with a thought', 'Hi'),
    answer: status(200, { choices: [{ message: { content: '<think>plan</think>Hi' } }] }),
  },
];

const BROKEN: readonly RecordedAnswer[] = [
  broken('the end "error"', finish('error'), DONE),
  broken('the end "abort"', finish('abort'), DONE),
  broken(
    'an error as an object',
    event({ object: 'error', message: 'x', type: 'InternalServerError', code: 500 }),
    DONE,
  ),
  broken(
    'an error event',
    'event: error\ndata: {"message":"x","type":"overloaded_error"}\n\n',
    DONE,
  ),
  broken('an error line', 'error: {"code":500,"message":"x"}\n\n', DONE),
  broken(
    'an error in a choice',
    event({ choices: [{ delta: {}, finish_reason: 'error', error: { code: 502, message: 'x' } }] }),
    DONE,
  ),
  {
    ...broken('an error beside the text of a choice'),
    answer: raw(
      event({
        choices: [{ delta: { content: 'Hi' }, finish_reason: 'error', error: { code: 502 } }],
      }),
    ),
  },
  broken('an end without a word'),
  {
    ...whole('the end "length"', 'Hi', token('Hi'), finish('length'), DONE),
    state: 'interrupted',
    cut: 'length',
  },
  {
    ...whole('the end "content_filter"', 'Hi', token('Hi'), finish('content_filter'), DONE),
    state: 'interrupted',
    cut: 'filter',
  },
  {
    ...whole(
      'an end with more after its word',
      'Hi',
      token('Hi'),
      finish('content_filter: X'),
      DONE,
    ),
    state: 'interrupted',
    cut: 'filter',
  },
];

const WORDLESS: readonly RecordedAnswer[] = [
  {
    ...whole(
      'thoughts alone, up to its limit',
      '',
      delta({ reasoning_content: 'a' }),
      finish('length'),
      DONE,
    ),
    state: 'interrupted',
    cut: 'thoughts',
  },
  {
    ...whole('nothing that its filter lets through', '', finish('content_filter'), DONE),
    state: 'failed',
    error: /content filter .* blocked this reply/,
  },
];

const REFUSED: readonly RecordedAnswer[] = [
  refused(
    'a wrong key',
    status(401, { error: { message: 'bad key sk-secret', code: 'invalid_api_key' } }),
    /“gpt-4” did not accept the API key.*OPENAI_API_KEY/,
    'status 401 invalid_api_key',
  ),
  refused('a key without permission', status(403), /API key may not use “gpt-4”/, 'status 403'),
  refused(
    'an unknown model',
    status(404, { error: { code: 'model_not_found' } }),
    /does not know “gpt-4”.*CHAT_MODELS/,
    'status 404 model_not_found',
  ),
  refused(
    'no credit',
    status(429, { error: { code: 'insufficient_quota' } }),
    /pays for “gpt-4” has no credit/,
    'status 429 insufficient_quota',
  ),
  refused(
    'too many requests',
    status(429, { error: { message: 'slow down' } }, { 'retry-after': '31' }),
    /“gpt-4” is busy/,
    'status 429',
  ),
  refused(
    'a filter before the model',
    status(400, { error: { code: 'content_filter', message: 'x', innererror: {} } }),
    /content filter .* blocked this reply/,
    'status 400 content_filter',
  ),
  refused(
    'a proxy that waited too long',
    labelledPage(504),
    /took too long to answer/,
    'status 504',
  ),
  refused(
    'an unknown model by a list of errors',
    status(400, { success: false, errors: [{ code: 5007, message: 'No such model m' }] }),
    /does not know “gpt-4”/,
    'status 400',
  ),
  refused(
    'a prompt that is too long for llama.cpp',
    status(400, { error: { code: 400, message: 'x', type: 'exceed_context_size_error' } }),
    /longer than “gpt-4” can read/,
    'status 400 exceed_context_size_error',
  ),
  refused(
    'a prompt that is too long, within the stream',
    raw(event({ error: { code: 400, message: 'prompt is too long' }, choices: [] })),
    /longer than “gpt-4” can read/,
    'status 400',
  ),
  refused(
    'a bad request within the stream',
    raw('event: error\ndata: {"error":{"type":"invalid_request_error"}}\n\n'),
    /“gpt-4” refused the request/,
    'status 400 invalid_request_error',
  ),
];

export const RECORDED: readonly RecordedAnswer[] = [...WHOLE, ...BROKEN, ...WORDLESS, ...REFUSED];
