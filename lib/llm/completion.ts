import type { AppError } from '@/lib/errors';
import { TOKENS_MAX } from '@/lib/sessions/message';
import type { Finish, Usage } from './port';
import { knownCode, upstreamError } from './upstream-error';

/**
 * What is used of a chunk or of a whole completion. Any server may have written it, so each field is checked where it
 * is read; a schema here would cost more than all else that is done for a token.
 */
interface Chunk {
  readonly choices?: readonly Choice[] | null;
  readonly usage?: unknown;
  readonly error?: unknown;
}

interface Choice {
  readonly delta?: Part | null;
  readonly message?: Part | null;
  readonly finish_reason?: unknown;
}

interface Part {
  readonly content?: unknown;
}

/** What was said so far by one completion. */
export interface Completion {
  /** The text of these payloads together; '' when they hold none. */
  read(payloads: readonly string[]): string;
  /** The error that the upstream reported in place of more text, whatever followed it. */
  failure(): AppError | null;
  /** True when the upstream said that it is done; a stream that just ends was cut. */
  finished(): boolean;
  /** Why it is done, as far as the upstream said so. */
  finish(): Finish;
  readable(): boolean;
  usage(): Usage | null;
}

export function completion(): Completion {
  let finished = false;
  let finish: Finish = 'stop';
  let readable = false;
  let usage: Usage | null = null;
  let failure: AppError | null = null;
  /** A high surrogate whose other half is in the next piece. */
  let held = '';

  const readOne = (payload: string): string => {
    if (payload === '[DONE]') {
      finished = true;
      return '';
    }
    const chunk = parseChunk(payload);
    // One broken chunk among good ones costs its own text only.
    if (!chunk) return '';
    readable = true;
    if (chunk.error) {
      // Kept, not thrown: the text before it in the same read still counts. After the end it does not matter.
      const code = knownCode(chunk.error);
      if (!finished)
        failure ??= upstreamError(
          'failing',
          `the stream carried an error${code ? ` ${code}` : ''}`,
        );
      return '';
    }
    usage = usageIn(chunk) ?? usage;
    return readChoice(chunk.choices?.[0]);
  };

  const readChoice = (choice: Choice | undefined): string => {
    if (choice?.finish_reason) {
      finished = true;
      finish = FINISHES.get(choice.finish_reason) ?? finish;
    }
    const content = (choice?.delta ?? choice?.message)?.content;
    return typeof content === 'string' ? content : '';
  };

  return {
    read(payloads) {
      let text = held;
      for (const payload of payloads) text += readOne(payload);
      // A database cannot hold U+0000 and nobody can see it.
      if (text.includes('\u0000')) text = text.replaceAll('\u0000', '');
      held = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
      // Half a character elsewhere is an upstream's mistake, which a database would not give back as it was.
      return (held ? text.slice(0, -1) : text).toWellFormed();
    },
    failure: () => failure,
    finished: () => finished,
    finish: () => finish,
    readable: () => readable,
    usage: () => usage,
  };
}

/** OpenAI's words, and what gateways hand on of others'. Any other reason is an end like any. */
const FINISHES: ReadonlyMap<unknown, Finish> = new Map([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['content_filter', 'filter'],
  ['safety', 'filter'],
  ['SAFETY', 'filter'],
]);

function parseChunk(payload: string): Chunk | null {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? value : null;
  } catch (malformed) {
    if (malformed instanceof SyntaxError) return null;
    throw malformed;
  }
}

function usageIn({ usage }: Chunk): Usage | null {
  if (typeof usage !== 'object' || usage === null) return null;
  const { prompt_tokens, completion_tokens, total_tokens } = usage as Record<string, unknown>;
  const whole = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= TOKENS_MAX;
  return whole(prompt_tokens) && whole(completion_tokens) && whole(total_tokens)
    ? { prompt_tokens, completion_tokens, total_tokens }
    : null;
}
