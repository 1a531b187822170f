import { answer, raw, status, type Behaviour, type UpstreamRequest } from './upstream';

type Body = UpstreamRequest['body'];

/** A server that refuses some requests, as observed in the field. */
export interface PickyServer {
  readonly name: string;
  readonly refuses: (body: Body) => boolean;
  /** 200: it says so within an event stream. */
  readonly status: number;
  readonly error: object;
  /** The number of requests for the first reply; one for each later reply. */
  readonly requestCount: number;
  /** Whether a request is as it should be once the server is known. */
  readonly known: (body: Body) => boolean;
}

const roles = (body: Body) => body.messages.map(({ role }) => role);
const systems = (body: Body) => roles(body).filter((role) => role === 'system').length;
const oneSystem = (body: Body) => systems(body) === 1 && roles(body)[0] === 'system';
const noSystem = (body: Body) =>
  systems(body) === 0 && body.messages[0]?.content.startsWith('You are a helpful') === true;
const alternates = (body: Body) =>
  roles(body)
    .filter((role) => role !== 'system')
    .every((role, at) => role === (at % 2 === 0 ? 'user' : 'assistant'));
const openai = (message: string, param: string | null, code: string | null) => ({
  error: { message, type: 'invalid_request_error', param, code },
});

export const PICKY_SERVERS: readonly PickyServer[] = [
  {
    name: 'one-system-message',
    refuses: (body) => systems(body) > 1,
    status: 400,
    error: { object: 'error', message: 'x', type: 'BadRequestError', param: null, code: 400 },
    requestCount: 1,
    known: oneSystem,
  },
  {
    name: 'one-system-message-500',
    refuses: (body) => systems(body) > 1,
    status: 500,
    error: { error: { code: 500, message: 'x', type: 'server_error' } },
    requestCount: 1,
    known: oneSystem,
  },
  {
    name: 'roles-by-turns',
    refuses: (body) => !alternates(body),
    status: 400,
    error: { object: 'error', message: 'Conversation roles must alternate', code: 400 },
    requestCount: 1,
    known: oneSystem,
  },
  {
    name: 'no-system-role',
    refuses: (body) => systems(body) > 0,
    status: 400,
    error: openai('x', 'messages[0].role', 'unsupported_value'),
    requestCount: 2,
    known: noSystem,
  },
  {
    name: 'no-system-role-500',
    refuses: (body) => systems(body) > 0,
    status: 500,
    error: { error: { code: 500, message: 'System role not supported', type: 'server_error' } },
    requestCount: 2,
    known: noSystem,
  },
  {
    name: 'no-stream-options',
    refuses: (body) => body.stream_options !== undefined,
    status: 422,
    error: { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }] },
    requestCount: 2,
    known: (body) => body.stream_options === undefined && body.max_tokens === 300,
  },
  {
    name: 'no-max-tokens',
    refuses: (body) => body.max_tokens !== undefined,
    status: 400,
    error: openai('x', 'max_tokens', 'unsupported_parameter'),
    requestCount: 2,
    known: (body) => body.max_completion_tokens === 300 && body.stream_options !== undefined,
  },
  {
    name: 'neither-max-tokens',
    refuses: ({ max_tokens, max_completion_tokens }) =>
      (max_tokens ?? max_completion_tokens) !== undefined,
    status: 400,
    error: openai('max_tokens, max_completion_tokens: unknown', null, null),
    requestCount: 3,
    known: (body) => body.stream_options !== undefined,
  },
  {
    name: 'no-stream',
    refuses: (body) => body.stream === true,
    status: 400,
    error: openai('x', 'stream', 'unsupported_value'),
    requestCount: 2,
    known: (body) => body.stream === false && body.stream_options === undefined,
  },
  {
    name: 'no-system-role-within-the-stream',
    refuses: (body) => systems(body) > 0,
    status: 200,
    error: { error: { message: 'Error rendering prompt: Only user and assistant roles' } },
    requestCount: 2,
    known: noSystem,
  },
  {
    name: 'no-system-role-fastapi',
    refuses: (body) => systems(body) > 0,
    status: 422,
    error: { detail: [{ loc: ['body', 'messages', 0, 'role'], msg: 'Input should be user' }] },
    requestCount: 2,
    known: noSystem,
  },
  {
    name: 'no-room-for-the-limit',
    refuses: (body) => (body.max_tokens ?? body.max_completion_tokens) !== undefined,
    status: 400,
    error: openai('max_tokens is too large: 300. This model supports at most 200.', null, null),
    requestCount: 2,
    known: (body) => body.max_tokens === undefined,
  },
  {
    name: 'none-of-them',
    refuses: (body) =>
      systems(body) > 0 || body.stream_options !== undefined || body.max_tokens !== undefined,
    status: 400,
    error: { error: 'no system message, stream_options or max_tokens here' },
    requestCount: 4,
    known: (body) => noSystem(body) && body.max_completion_tokens === 300,
  },
];

export const picky =
  ({ refuses, status: code, error }: PickyServer, reply: string): Behaviour =>
  (response, request) => {
    const { body } = request;
    if (refuses(body) && code === 200)
      return raw(`event: error\ndata: ${JSON.stringify(error)}\n\n`)(response, request);
    if (refuses(body)) return status(code, error)(response, request);
    if (body.stream === true) return answer(reply)(response, request);
    const choice = { message: { role: 'assistant', content: reply }, finish_reason: 'stop' };
    return status(200, { choices: [choice] })(response, request);
  };
