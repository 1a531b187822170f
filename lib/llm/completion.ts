import { z } from 'zod';
import type { Usage } from './port';
import { upstreamError } from './upstream-error';

const usage = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number(),
});

const part = z.object({ content: z.string().nullish() }).nullish();

const choice = z.object({ delta: part, message: part, finish_reason: z.string().nullish() });
type Choice = z.infer<typeof choice>;

/** A chunk of a stream or a whole completion: only what is used, so that any compatible server fits. */
const chunk = z.object({
  choices: z.array(choice).nullish(),
  usage: usage.nullish().catch(null),
  error: z.unknown().optional(),
});

/** What was said so far by one completion. */
export interface Completion {
  /** The text of these payloads together; '' when they hold none. Throws when the upstream reports an error. */
  read(payloads: readonly string[]): string;
  /** True when the upstream said that it is done; a stream that just ends was cut. */
  finished(): boolean;
  readable(): boolean;
  usage(): Usage | null;
}

export function completion(): Completion {
  let finished = false;
  let readable = false;
  let counted: Usage | null = null;
  /** A high surrogate whose other half is in the next piece. */
  let held = '';

  const readOne = (payload: string): string => {
    if (payload === '[DONE]') {
      finished = true;
      return '';
    }
    const parsed = chunk.safeParse(parseJson(payload));
    // One broken chunk among good ones costs its own text only.
    if (!parsed.success) return '';
    const { choices, usage: counts, error } = parsed.data;
    if (error) throw upstreamError('failing', 'the stream carried an error');
    readable = true;
    counted = counts ?? counted;
    return readChoice(choices?.[0]);
  };

  const readChoice = (first: Choice | undefined): string => {
    if (first?.finish_reason) finished = true;
    return (first?.delta ?? first?.message)?.content ?? '';
  };

  return {
    read(payloads) {
      // A database cannot hold U+0000 and nobody can see it.
      const text = held + payloads.map(readOne).join('').replaceAll('\u0000', '');
      held = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
      return held ? text.slice(0, -1) : text;
    },
    finished: () => finished,
    readable: () => readable,
    usage: () => counted,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (malformed) {
    if (malformed instanceof SyntaxError) return null;
    throw malformed;
  }
}
