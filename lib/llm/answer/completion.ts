import type { AppError } from '@/lib/errors';
import { endMarks } from './end-marks';
import { finishOf, isOpenEnd } from './finish';
import type { Finish, Usage } from '@/lib/ports/model';
import { DONE } from './sse-parser';
import { textOf, type Choice } from './said-text';
import { thoughtFilter } from '@/lib/thoughts/thoughts';
import { streamedError, upstreamError } from '@/lib/llm/failure/upstream-error';
import { usageIn } from './usage';

/**
 * What is used of a chunk or of a whole completion. Any server may have written it, so each field is checked where it
 * is read; a schema here would cost more than all else that is done for a token.
 */
interface Chunk {
  readonly choices?: readonly (Choice | undefined)[] | null;
  readonly usage?: unknown;
  readonly error?: unknown;
  readonly object?: unknown;
  readonly type?: unknown;
}

/** What was said so far by one completion. */
export interface Completion {
  /** The text of these values together; '' when they hold none. */
  read(values: readonly unknown[]): string;
  /** The answer has ended: what of its text was held back. */
  end(): string;
  /** Once: how much of the text given before is still part of the reply, where some of it was taken back. */
  takeCut(): number | null;
  /** The error that the upstream reported in place of more text, whatever followed it. */
  failure(): AppError | null;
  /** True when the upstream said that it is done. */
  finished(): boolean;
  /** True when an answer that ends here is whole, also where the upstream did not say so; else it was cut. */
  isWhole(): boolean;
  /** Why it is done, as far as the upstream said so. */
  finish(): Finish;
  readable(): boolean;
  usage(): Usage | null;
  /** Whether it began within a thought, which only its end tells; null as long as that is not known. */
  beganInThought(): boolean | null;
}

/** `startsInThought`: as far as is known, its model begins within a thought that its template opened. */
export function completion({ startsInThought = false } = {}): Completion {
  const thoughts = thoughtFilter({ expected: startsInThought });
  const clean = cleanText();
  const marks = endMarks();
  const whole = wholeness();
  let finished = false;
  let over = false;
  let finish: Finish = 'stop';
  let readable = false;
  let usage: Usage | null = null;
  let failure: AppError | null = null;

  // Kept, not thrown: the text before it in the same read still counts. After the end it does not matter.
  const fail = (error: AppError) => {
    if (!finished) failure ??= error;
  };

  const readChunk = (chunk: Chunk): string => {
    const error = errorOf(chunk);
    if (error !== undefined) {
      fail(streamedError(error));
      return textIn(chunk.choices);
    }
    const choice = chunk.choices?.[0];
    const counted = usageIn(chunk.usage);
    usage = counted ?? usage;
    readable ||= counted !== null || 'choices' in chunk;
    whole.hear(choice, counted);
    return choice ? readChoice(choice) : '';
  };

  const readChoice = (choice: Choice): string => {
    const reason = choice.finish_reason;
    if (!isOpenEnd(reason)) {
      const why = finishOf(reason);
      if (typeof why === 'string') {
        finished = true;
        finish = why;
      } else fail(upstreamError(why.failed, why.what));
    }
    return textOf(choice);
  };

  const isWhole = () => finished || whole.looksSo();
  /** Half an answer may end within a thought. */
  const end = () => thoughts.push(marks.end()) + thoughts.end(isWhole() && finish === 'stop');

  return {
    read(values) {
      let text = '';
      for (const value of values)
        if (value === DONE) over = finished = true;
        else if (!over) text += fromChunks(value, readChunk);
      const said = thoughts.push(marks.push(clean(text)));
      // What is held back is not kept until the connection closes.
      return finished ? said + end() : said;
    },
    end,
    takeCut: thoughts.takeCut,
    failure: () => failure,
    finished: () => finished,
    isWhole,
    finish: () => finish,
    readable: () => readable,
    usage: () => usage,
    beganInThought: thoughts.beganInThought,
  };
}

/** Some servers send an array where others send one object. */
function fromChunks(value: unknown, read: (chunk: Chunk) => string): string {
  if (!Array.isArray(value)) return isChunk(value) ? read(value) : '';
  return (value as unknown[]).filter(isChunk).map(read).join('');
}

const textIn = (choices: Chunk['choices']) => (choices?.[0] ? textOf(choices[0]) : '');

/**
 * Whether an answer that ends here is whole, where nothing says so: the last that came were the tokens, which are
 * counted at the end, or all that came was one message.
 */
function wholeness() {
  let chunks = 0;
  let looksWhole = false;
  return {
    hear(choice: Choice | undefined, counted: Usage | null) {
      chunks += 1;
      if (choice) looksWhole = chunks === 1 && Boolean(choice.message) && !choice.delta;
      else looksWhole ||= counted !== null;
    },
    looksSo: () => looksWhole,
  };
}

const isChunk = (value: unknown): value is Chunk => typeof value === 'object' && value !== null;

/** An error in place of a chunk, in one of the three ways that were seen; undefined: it is none. */
function errorOf(chunk: Chunk): unknown {
  if (chunk.error) return chunk;
  if (chunk.object === 'error' || chunk.type === 'error') return chunk;
  return chunk.choices?.[0]?.error ?? undefined;
}

/** Text that a database can hold: no U+0000, which nobody can see, and no half characters. */
function cleanText(): (text: string) => string {
  /** A high surrogate whose other half is in the next piece. */
  let held = '';
  return (piece) => {
    let text = held === '' ? piece : held + piece;
    if (text.includes('\u0000')) text = text.replaceAll('\u0000', '');
    held = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
    // Half a character elsewhere is an upstream's mistake, which a database would not give back as it was.
    return (held ? text.slice(0, -1) : text).toWellFormed();
  };
}
