import type { AppError } from '@/lib/errors';
import { finishOf, isOpenEnd } from './finish';
import type { Finish, ModelEvent, Usage } from '@/lib/ports/model';
import { DONE } from './sse-parser';
import { choiceReader, choicesOf } from './choice-reader';
import { hasContent, type Choice } from './choice-text';
import { choiceEvents, type ChoiceOptions } from './choice-events';
import { streamedError, upstreamError } from '@/lib/llm/failure/upstream-error';
import { usageIn } from './usage';

/**
 * The fields we use of a chunk or a whole completion. Any server may have sent it, so each field is checked where it is
 * read; a schema would cost more than everything else per token.
 */
interface Chunk {
  readonly choices?: readonly (Choice | undefined)[] | Choice | null;
  readonly usage?: unknown;
  readonly error?: unknown;
  readonly object?: unknown;
  readonly type?: unknown;
}

/** Accumulates one completion. Usage: `read` per batch, `end` once, then the getters. */
export interface Completion {
  /** What these values say. */
  read(values: readonly unknown[]): readonly ModelEvent[];
  /** True when the last `read` had text, reasoning or a new source, also if none of it was emitted yet. */
  hadContent(): boolean;
  /** Call at the end of the response. Returns what was held back. */
  end(): readonly ModelEvent[];
  /** The first error that the upstream reported within the stream. */
  failure(): AppError | null;
  /** True after a finish reason or `[DONE]`. */
  finished(): boolean;
  /** True when a response that ends here is complete, even without a finish reason; else it was cut off. */
  isWhole(): boolean;
  /** The normalized finish reason; 'stop' if there was none. */
  finish(): Finish;
  readable(): boolean;
  usage(): Usage | null;
  /** The usage, if it was sent with or after the last text, reasoning or call; null when more was generated than counted. */
  usageSoFar(): Usage | null;
  /** Whether it began within a thought, which only its end shows; null as long as that is not known. */
  beganInReasoning(): boolean | null;
}

const PLAIN: ChoiceOptions = { startsInReasoning: false, withReasoning: false, withTools: false };

/** `startsInReasoning`: as far as is known, its model begins within a thought that its template opened. */
export function completion(options: Partial<ChoiceOptions> = {}): Completion {
  const events = choiceEvents({ ...PLAIN, ...options });
  const choices = choiceReader();
  const chunks = chunkReader();
  const ending = answerEnding();
  let over = false;
  let hadContent = false;

  const readChunk = (chunk: Chunk) => {
    const error = errorOf(chunk);
    const choice = choices.take(chunk.choices);
    const isFilled = hasContent(choice ?? {});
    hadContent ||= isFilled;
    if (error !== undefined) {
      ending.fail(streamedError(error));
      if (choice) events.read(choice);
      return;
    }
    chunks.read(chunk, isFilled);
    if (choice) readChoice(choice);
    if (events.cite(chunk)) hadContent = true;
  };

  const readChoice = (choice: Choice) => {
    ending.read(choice.finish_reason);
    events.read(choice);
  };

  const isWhole = () => ending.finished() || chunks.looksWhole();
  /** Half an answer may end within a thought, or within a call. */
  const end = () => {
    const stopped = isWhole() && ending.finish() === 'stop';
    events.end(stopped, stopped || ending.finish() === 'tool-calls');
  };

  return {
    read(values) {
      hadContent = false;
      for (const value of values)
        if (value === DONE) {
          over = true;
          ending.done();
        } else if (!over) readChunks(value, readChunk);
      // What is held back is not kept until the connection closes.
      if (ending.finished()) end();
      return events.take();
    },
    hadContent: () => hadContent,
    end() {
      end();
      return events.take();
    },
    failure: ending.failure,
    finished: ending.finished,
    isWhole,
    finish: ending.finish,
    readable: chunks.readable,
    usage: chunks.usage,
    usageSoFar: chunks.usageSoFar,
    beganInReasoning: events.beganInReasoning,
  };
}

/** How an answer ends: by a finish reason, by `[DONE]`, or with its first error. */
function answerEnding() {
  let finished = false;
  let finish: Finish = 'stop';
  let failure: AppError | null = null;

  // Kept, not thrown: text before it in the same read still counts. Errors after the finish are ignored.
  const fail = (error: AppError) => {
    if (!finished) failure ??= error;
  };

  return {
    fail,
    read(reason: Choice['finish_reason']) {
      if (isOpenEnd(reason)) return;
      const why = finishOf(reason);
      if (typeof why === 'string') {
        finished = true;
        finish = why;
      } else fail(upstreamError(why.failed, why.what));
    },
    done() {
      finished = true;
    },
    finished: () => finished,
    finish: () => finish,
    failure: () => failure,
  };
}

/** Some servers send an array where others send one object. */
function readChunks(value: unknown, read: (chunk: Chunk) => void): void {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  for (const each of values) if (isChunk(each)) read(each);
}

/**
 * What chunks contain besides their text. A response without finish reason looks whole when the last chunk was the usage,
 * which comes at the end, or the only one was a whole message.
 */
function chunkReader() {
  let chunks = 0;
  let looksWhole = false;
  let readable = false;
  let usage: Usage | null = null;
  let isCurrent = false;
  return {
    read(chunk: Chunk, isFilled: boolean) {
      const [choice] = choicesOf(chunk.choices);
      const counted = usageIn(chunk.usage);
      usage = counted ?? usage;
      if (counted !== null || isFilled) isCurrent = counted !== null;
      readable ||= counted !== null || 'choices' in chunk;
      chunks += 1;
      if (choice) looksWhole = chunks === 1 && Boolean(choice.message) && !choice.delta;
      else looksWhole ||= counted !== null;
    },
    looksWhole: () => looksWhole,
    readable: () => readable,
    usage: () => usage,
    // Some servers send the size of the prompt first, and nothing counted of the reply.
    usageSoFar: () => (isCurrent && usage !== null && usage.completion_tokens > 0 ? usage : null),
  };
}

const isChunk = (value: unknown): value is Chunk => typeof value === 'object' && value !== null;

/** An error in place of a chunk, in one of the three known shapes; undefined if none. */
function errorOf(chunk: Chunk): unknown {
  if (chunk.error) return chunk;
  if (chunk.object === 'error' || chunk.type === 'error') return chunk;
  return choicesOf(chunk.choices)[0]?.error ?? undefined;
}
