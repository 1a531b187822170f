import { JSONParser, TokenType } from '@streamparser/json';
import { AppError, type FileReason } from '@/lib/errors';
import { LIMITS, type Limits } from './limits';

/** A value directly inside the document, or inside one of its lists of conversations. */
export interface JsonValue {
  /** The list that it is in; null: the document itself. */
  readonly list: string | null;
  /** A number: the document is an array. */
  readonly key: string | number;
  readonly value: unknown;
}

export const unreadable = (reason: FileReason, limit?: number, cause?: unknown): AppError =>
  new AppError(
    { kind: 'unreadable-file', reason, ...(limit !== undefined && { limit }) },
    { cause },
  );

const PATHS = ['$.*', '$.sessions.*', '$.conversations.*'];

/**
 * The values of a JSON document as it is read: one at a time is in memory. Throws `unreadable-file`, for the whole
 * document also where the mistake comes late.
 */
export async function* jsonValues(
  chunks: AsyncIterable<Uint8Array>,
  limits: Limits = LIMITS,
): AsyncGenerator<JsonValue> {
  const found: JsonValue[] = [];
  const parser = new JSONParser({ paths: PATHS, keepStack: false });
  const count = counter(limits);
  parser.onToken = ({ token }) => {
    count.token(token);
  };
  parser.onValue = ({ value, key, stack }) => {
    const list = stack.length > 1 ? String(stack[1]?.key ?? '') : null;
    found.push({ list, key: key ?? '', value });
    count.reset();
  };
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isEmpty = true;
  for await (const chunk of chunks) {
    checkUtf8(() => utf8.decode(chunk, { stream: true }));
    count.bytes(chunk.length);
    if (chunk.length > 0) isEmpty = false;
    write(parser, chunk);
    yield* found.splice(0);
  }
  checkUtf8(() => utf8.decode());
  if (isEmpty) throw unreadable('unknown');
  end(parser);
}

function checkUtf8(decode: () => unknown): void {
  try {
    decode();
  } catch (cause) {
    throw unreadable('not-utf8', undefined, cause);
  }
}

function write(parser: JSONParser, chunk: Uint8Array): void {
  try {
    parser.write(chunk);
  } catch (cause) {
    throw cause instanceof AppError ? cause : unreadable('not-json');
  }
}

/** The parser ends by itself where the document does. */
function end(parser: JSONParser): void {
  if (parser.isEnded) return;
  try {
    parser.end();
  } catch {
    throw unreadable('cut-off');
  }
}

/** Counts what one conversation holds. */
function counter(limits: Limits) {
  let depth = 0;
  let values = 0;
  let bytes = 0;
  return {
    token(token: TokenType) {
      values += 1;
      if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
      else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
      if (depth > limits.depth) throw unreadable('depth', limits.depth);
      // Of two tokens one is a comma, a colon or a closing bracket.
      if (values > limits.values * 2) throw unreadable('values', limits.values);
    },
    bytes(length: number) {
      bytes += length;
      if (bytes > limits.conversation) throw unreadable('conversation', limits.conversation / 1e6);
    },
    reset() {
      values = 0;
      bytes = 0;
    },
  };
}
