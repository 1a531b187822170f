import { failureOf, isTooLong, type CutReason, type Failure } from '@/lib/errors';
import type { Finish, Model, ModelEvent, Usage } from '@/lib/ports/model';
import type { Clock } from '@/lib/ports/clock';
import type { EndState } from '@/lib/chat/turn/events';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import type { Prompt } from '@/lib/chat/prompt/prompt';
import { allTextOf, isBlank } from '@/lib/reply/entry';
import { replyWriter } from './reply-writer';
import { spentTokens } from '@/lib/chat/turn/spent-tokens';

export interface ModelDeps {
  readonly model: Model;
  /** Resolves when the next frame is due. Text that arrives earlier is read as one piece. */
  readonly untilNextFrame: () => Promise<void>;
  /** In UTF-16 units. A longer reply is cut off here and can be continued. */
  readonly replyMaxChars: number;
  /** Null: the upstream's own limit. */
  readonly replyMaxTokens: number | null;
  /** Reasoning is part of the reply. */
  readonly withReasoning: boolean;
  readonly clock: Pick<Clock, 'ticks'>;
}

export interface ModelCall {
  readonly model: string;
  /** How long the model thought in the turns that this one continues; null where it did not, or that is unknown. */
  readonly thoughtMs: number | null;
  readonly prompt: () => Prompt;
  /** A shorter prompt with fewer exchanges; null when there are none to drop. */
  readonly shorter: (prompt: Prompt) => Prompt | null;
}

/** How a turn ended, without its text. */
export interface Outcome {
  readonly state: EndState;
  readonly failure: Failure | null;
  readonly usage: Usage | null;
  readonly firstTokenMs: number | null;
  readonly omitted: number | null;
  readonly thoughtMs: number | null;
  /** Tokens spent on this request. */
  readonly spent: number;
  /** False when the model added nothing that can be seen. */
  readonly hasContent: boolean;
  readonly cause?: unknown;
}

/** Runs the model and appends its reply to `turn`. Never throws: an error becomes the outcome. */
export async function runModel(deps: ModelDeps, turn: LiveTurn, call: ModelCall): Promise<Outcome> {
  const { model, clock, replyMaxTokens, withReasoning } = deps;
  const startedAt = clock.ticks();
  const held = turn.length();
  const writer = replyWriter(deps, turn);
  const thinking = stopwatch(clock);
  let firstTokenMs: number | null = null;
  let prompt: Prompt = { messages: [], omitted: 0 };
  const onEvent = (event: ModelEvent): unknown => {
    if (event.kind === 'progress') return undefined;
    if (event.kind === 'cut') return writer.retract(event.length);
    if (event.kind === 'source') return writer.cite(event);
    firstTokenMs ??= Math.round(clock.ticks() - startedAt);
    thinking.runs(event.kind === 'reasoning');
    return writer.write(event);
  };
  const stream = () =>
    model.stream({
      requestId: turn.requestId,
      model: call.model,
      messages: prompt.messages,
      maxTokens: replyMaxTokens ?? undefined,
      signal: turn.signal,
      withReasoning,
      onEvent,
    });
  /** Retries with fewer exchanges when the prompt exceeded the model's context. */
  const streamShorter = async (cause: unknown) => {
    const shorter = isTooLong(cause) && turn.length() === held ? call.shorter(prompt) : null;
    if (!shorter) throw cause;
    prompt = shorter;
    return stream();
  };
  const ended = async () => {
    try {
      prompt = call.prompt();
      const { usage, finish } = await stream().catch(streamShorter);
      return { usage, finish };
    } catch (cause) {
      return { usage: null, cause };
    }
  };
  const end = await ended();
  thinking.runs(false);
  const output = turn.since(held);
  const hasContent = !isBlank(output);
  const hasWords = hasContent && !isBlank(output, 'text');
  const spent = spentTokens(end.usage, prompt.messages, allTextOf(output));
  const omitted = prompt.omitted || null;
  const facts = { hasContent, hasWords, full: writer.full(), isMore: held > 0, model: call.model };
  const judged = judge(turn, end, facts);
  const thoughtMs = isBlank(output, 'reasoning')
    ? call.thoughtMs
    : (call.thoughtMs ?? 0) + thinking.ms();
  return { ...judged, usage: end.usage, firstTokenMs, omitted, thoughtMs, spent, hasContent };
}

/** Adds up the time in which it runs. */
function stopwatch({ ticks }: Pick<Clock, 'ticks'>) {
  let since: number | null = null;
  let sum = 0;
  return {
    ms: () => Math.round(sum),
    runs(now: boolean) {
      if (now) since ??= ticks();
      else if (since !== null) {
        sum += ticks() - since;
        since = null;
      }
    },
  };
}

interface Facts {
  readonly hasContent: boolean;
  readonly hasWords: boolean;
  readonly full: boolean;
  readonly isMore: boolean;
  readonly model: string;
}

type Judged = Pick<Outcome, 'state' | 'failure' | 'cause'>;

const cutShort = (reason: CutReason): Judged => ({
  state: 'interrupted',
  failure: { kind: 'cut-short', reason },
});

function judgeContent(finish: Finish, hasWords: boolean): Judged {
  if (finish === 'stop')
    return hasWords ? { state: 'complete', failure: null } : cutShort('no-answer');
  return cutShort(hasWords || finish !== 'length' ? finish : 'thoughts');
}

function judge(
  turn: LiveTurn,
  end: { readonly finish: Finish } | { readonly cause: unknown },
  { hasContent, hasWords, full, isMore, model }: Facts,
): Judged {
  // Without output, a continuation keeps the old reply and a new turn fails.
  const wordless = isMore ? 'interrupted' : 'failed';
  if (full && hasContent) return cutShort(hasWords ? 'limit' : 'thoughts');
  if ('finish' in end) {
    const { finish } = end;
    if (hasContent) return judgeContent(finish, hasWords);
    const reason = finish === 'stop' ? 'empty' : finish;
    return { state: wordless, failure: { kind: 'upstream', reason, model } };
  }
  const { cause } = end;
  const aborted = turn.abortedAs();
  if (aborted === 'stopped') return { state: 'stopped', failure: null };
  if (aborted === 'interrupted' || hasContent)
    return { state: 'interrupted', failure: { kind: 'interrupted' }, cause };
  return { state: wordless, failure: failureOf(cause), cause };
}
