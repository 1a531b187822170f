import { STATUS, type FailureKind } from '@/lib/errors';
import { isCompletionsPath } from '@/lib/completions/error-shape';
import type { SuccessResponse, Call } from './calls/call';
import type { JsonSchemas } from './json-schemas';
import { completionError, error } from './calls/shapes';

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** On every response to a call that counts against a limit. */
const COUNTED = ['X-Request-ID', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']
  .concat('RateLimit', 'RateLimit-Policy')
  .map((name) => [name, header(name)] as const);

const ALWAYS: readonly FailureKind[] = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'misdirected',
  'rate-limited',
  'internal',
  'unavailable',
];
/** What the server answers itself before a call is reached. */
const UNREAD = [408, 414, 417, 431];

/** Where the statuses under /v1 differ: lib/completions/error.ts. */
const COMPLETION_STATUSES = [400, 404, 429, 500, 502, 503, 504];

const HEADERS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The responses of a call by their status. */
export function responsesOf(path: string, call: Call, schemas: JsonSchemas): object {
  const isCompletion = isCompletionsPath(path);
  const failures = [...ALWAYS, ...(call.failures ?? [])].map(
    (kind) => [STATUS[kind], kind] as const,
  );
  const statuses = [
    ...failures.map(([status]) => status as number),
    ...UNREAD,
    ...(isCompletion && call.failures?.includes('upstream') ? COMPLETION_STATUSES : []),
  ];
  const schema = schemas.of(isCompletion ? completionError : error);
  const failed = [...new Set(statuses)].map((status) => {
    const kinds = failures.filter(([of]) => of === status).map(([, kind]) => kind);
    return [status, failureOf(status, kinds, schema)] as const;
  });
  const answered = call.responses.map((each) => [each.status, succeeded(each, schemas)] as const);
  return Object.fromEntries([...answered, ...failed]);
}

function succeeded(
  { description, schema, types, headers = [] }: SuccessResponse,
  schemas: JsonSchemas,
): object {
  const media = types ?? (schema ? ['application/json'] : []);
  const more = headers.map((name) => [name, header(name)] as const);
  const content = media.map((type) => {
    const isJson = schema && type === 'application/json';
    return [type, isJson ? { schema: schemas.of(schema) } : {}] as const;
  });
  return {
    description,
    headers: Object.fromEntries([...COUNTED, ...more]),
    ...(content.length > 0 && { content: Object.fromEntries(content) }),
  };
}

const failureOf = (status: number, kinds: readonly FailureKind[], schema: object): object => ({
  description: kinds.length > 0 ? kinds.join(', ') : 'The request or the upstream',
  headers: Object.fromEntries([
    ...COUNTED,
    ...(HEADERS[status] ?? []).map((name) => [name, header(name)] as const),
  ]),
  content: { 'application/json': { schema } },
});
