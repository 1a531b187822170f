import 'server-only';
import type { z } from 'zod';
import { env } from '@/lib/env';
import { AppError, invalidFields } from '@/lib/errors';
import { bodyMaxOf, FILE_MAX, takesFile } from './body-max';
import { fields } from '@/lib/texts/api-fields';

const MB = 1024 * 1024;

/** Throws `too-large` above what this path takes. */
export function checkDeclaredSize(path: string, bytes: number): void {
  const { CHAT_MESSAGE_MAX_CHARS: message, CHAT_CONTEXT_MAX_CHARS: prompt } = env();
  const max = bodyMaxOf(path, { message, prompt });
  if (bytes <= max) return;
  if (takesFile(path))
    throw new AppError({ kind: 'too-large', reason: 'file', limit: FILE_MAX / MB });
  throw new AppError({ kind: 'too-large', reason: 'body', limit: Math.floor(max / 1024) });
}

/** The file that a request has as its body, whatever its type is said to be. Throws `too-large` and `unsupported`. */
export async function readFile(request: Request): Promise<Blob> {
  refuseEncoded(request.headers.get('content-encoding') ?? 'identity');
  const file = await request.blob();
  checkDeclaredSize(new URL(request.url).pathname, file.size);
  return file;
}

type Fields = Record<string, unknown>;

/** The JSON object of a request. Throws `invalid` for `reason` when there is none, `too-large` and `unsupported`. */
export async function readJson(
  request: Request,
  reason: 'body' | 'chat-body' = 'body',
): Promise<Fields> {
  const malformed = (cause?: unknown) => new AppError({ kind: 'invalid', reason }, { cause });
  const type = request.headers.get('content-type') ?? '';
  refuseEncoded(request.headers.get('content-encoding') ?? 'identity');
  const bytes = await request.arrayBuffer();
  // The middleware checks Content-Length; a body without one is measured here.
  checkDeclaredSize(new URL(request.url).pathname, bytes.byteLength);
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type))
    throw bytes.byteLength === 0 ? malformed() : notDeclared(reason);
  const body = parse(bytes, malformed);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed();
  return body as Fields;
}

/** A compressed body would have to be unpacked to see how long it is. */
function refuseEncoded(value: string): void {
  const named = value.trim().toLowerCase();
  if (named === 'identity') return;
  const isName = /^[a-z\d-]{1,20}$/.test(named);
  throw new AppError({ kind: 'unsupported', ...(isName && { encoding: named }) });
}

const notDeclared = (reason: 'body' | 'chat-body'): AppError =>
  new AppError({
    kind: 'invalid',
    reason,
    details: [
      {
        loc: ['header', 'content-type'],
        msg: fields.contentType,
        type: 'content_type',
      },
    ],
  });

/** Like `readJson`, but an empty body is an empty object. */
export async function readOptionalJson(request: Request): Promise<Fields> {
  const copy = request.clone();
  const empty = (await copy.arrayBuffer()).byteLength === 0;
  return empty ? {} : readJson(request);
}

function parse(bytes: ArrayBuffer, malformed: (cause: unknown) => AppError): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), refuseProto);
  } catch (cause) {
    throw malformed(cause);
  }
}

/** Only an attacker sends this: it aims at prototype pollution. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__');
  return value;
}

/** Throws `invalid` with every invalid field in `details`. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidFields(
    parsed.error.issues.map(({ path, message, code }) => ({
      loc: path.map((key) => (typeof key === 'number' ? key : String(key))),
      msg: message,
      type: code,
    })),
  );
}

export const parseQuery = <Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
): z.output<Schema> => parseInput(schema, Object.fromEntries(new URL(request.url).searchParams));
