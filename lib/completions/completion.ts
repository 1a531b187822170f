import { finishOf, type TurnEnd } from '@/lib/chat/turn/events';
import type { Failure } from '@/lib/errors';
import { textOf, type Entry } from '@/lib/reply/entry';
import { sourceIn } from '@/lib/reply/source';
import { callsOf, type HeldCall } from '@/lib/reply/tool-call';

/** What every chunk of a completion says. */
export interface About {
  readonly requestId: string;
  readonly model: string;
  /** In seconds since 1970. */
  readonly created: number;
}

const head = (object: string, { requestId, model, created }: About) => ({
  id: `chatcmpl-${requestId}`,
  object,
  created,
  model,
});

/** The answer to a request that is not streamed. */
export function completionOf(about: About, entries: readonly Entry[], end: TurnEnd) {
  const calls = callsOf(entries);
  const text = textOf(entries);
  const reasoning = textOf(entries, 'reasoning');
  const annotations = annotationsIn(entries);
  const message = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(annotations.length > 0 && { annotations }),
    ...(calls.length > 0 && { tool_calls: calls.map(presentCall) }),
  };
  const choice = {
    index: 0,
    message,
    logprobs: null,
    finish_reason: finishReason(end, calls.length),
  };
  return {
    ...head('chat.completion', about),
    choices: [choice],
    ...(end.usage && { usage: end.usage }),
  };
}

/** A chunk of a streamed completion. */
export const chunkOf = (about: About, delta: object, finish: string | null = null) => ({
  ...head('chat.completion.chunk', about),
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
});

/** The last chunk, for clients that ask for the tokens. */
export const usageChunk = (about: About, usage: TurnEnd['usage']) => ({
  ...head('chat.completion.chunk', about),
  choices: [],
  usage,
});

export const presentCall = ({ id, name, arguments: args }: HeldCall) => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});

/** What a reply cites, at the end of the text so far: upstreams do not say which words it concerns. */
export function annotationsIn(entries: readonly Entry[], before = 0) {
  let at = before;
  return entries.flatMap((entry) => {
    if (entry.kind === 'text') at += entry.text.length;
    const source = sourceIn(entry);
    if (source === null) return [];
    const { url, title } = source;
    const place = { start_index: at, end_index: at };
    return [{ type: 'url_citation', url_citation: { url, title: title ?? url, ...place } }];
  });
}

/** Upstreams that answer without text: OpenAI's API has that as a completion, not as an error. */
const NO_TEXT: ReadonlySet<string> = new Set(['empty', 'length', 'filter', 'tool-calls']);

/** Why there is no completion; null: there is one, perhaps cut or without text. */
export function failureOfEnd({ failure }: TurnEnd): Failure | null {
  if (failure === null || failure.kind === 'cut-short') return null;
  return failure.kind === 'upstream' && NO_TEXT.has(failure.reason) ? null : failure;
}

export function finishReason({ failure }: TurnEnd, calls: number): string {
  const reason = failure?.kind === 'upstream' ? failure.reason : finishOf(failure);
  // First: half of its calls must not run.
  if (reason === 'length') return 'length';
  if (reason === 'filter') return 'content_filter';
  return calls > 0 ? 'tool_calls' : 'stop';
}
