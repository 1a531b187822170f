import { failureOf, type CutReason, type Failure } from '@/lib/errors';
import type { Finish, Model, ModelEvent, Usage } from '@/lib/ports/model';
import type { Clock } from '@/lib/ports/clock';
import type { EndState } from '@/lib/chat/turn/events';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import { modelCaller, type ModelCall } from './model-caller';
import type { PromptRecord } from '@/lib/chat/turn/prompt-record';
import { allTextOf, isBlank, type Entry } from '@/lib/reply/entry';
import { replyWriter } from './reply-writer';
import type { Tokens } from '@/lib/usage/price';

export interface ModelDeps {
  readonly model: Model;
  /** Resolves when the next frame is due. Text that arrives earlier is read as one piece. */
  readonly untilNextFrame: () => Promise<void>;
  /** In UTF-16 units. A longer reply is cut off here and can be continued. */
  readonly replyMaxChars: number;
  /** Reasoning is part of the reply. */
  readonly withReasoning: boolean;
  readonly clock: Pick<Clock, 'ticks'>;
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
  readonly spent: Tokens;
  /** False when the model added nothing that can be seen. */
  readonly hasContent: boolean;
  /** What the model saw; null when it added nothing, or it is not kept. */
  readonly prompt: PromptRecord | null;
  readonly cause?: unknown;
}

/** Runs the model and appends its reply to `turn`. Never throws: an error becomes the outcome. */
export async function runModel(deps: ModelDeps, turn: LiveTurn, call: ModelCall): Promise<Outcome> {
  const { clock } = deps;
  const startedAt = clock.ticks();
  const prior = turn.length();
  const writer = replyWriter(deps, turn);
  const caller = modelCaller(deps, turn, call);
  const thinking = stopwatch(clock);
  const thoughtSum = sumOfThoughts(turn.since(0), call.thoughtMs);
  let firstTokenMs: number | null = null;
  let told: Usage | null = null;
  const onEvent = (event: ModelEvent): unknown => {
    if (event.kind === 'progress') return undefined;
    if (event.kind === 'usage') {
      told = event.usage;
      return undefined;
    }
    if (event.kind === 'cut') return writer.retract(event.length);
    if (event.kind === 'source') return writer.cite(event);
    if (firstTokenMs === null) {
      firstTokenMs = Math.round(clock.ticks() - startedAt);
      turn.answers(caller.record);
    }
    thinking.runs(event.kind === 'reasoning');
    return event.kind === 'tool-call' ? writer.call(event.call) : writer.write(event);
  };
  const end = await caller.call(onEvent);
  thinking.runs(false);
  const output = turn.since(prior);
  const hasContent = !isBlank(output);
  const hasCalls = !isBlank(output, 'tool-call');
  const hasAnswer = hasCalls || (hasContent && !isBlank(output, 'text'));
  const prompt = caller.prompt();
  const usage = end.usage ?? told;
  const spent = caller.spent(usage, allTextOf(output));
  const omitted = prompt.omitted || null;
  const facts = {
    hasContent,
    hasAnswer,
    hasCalls,
    full: writer.full(),
    isMore: prior > 0,
    model: call.model,
  };
  const judged = judge(turn, end, facts);
  const thoughtMs = isBlank(output, 'reasoning') ? call.thoughtMs : thoughtSum(thinking.ms());
  return {
    ...judged,
    usage,
    firstTokenMs,
    omitted,
    thoughtMs,
    spent,
    hasContent,
    prompt: hasContent ? caller.record() : null,
  };
}

/** Adds to the time of the thoughts that a reply has already; unknown when theirs is. */
const sumOfThoughts =
  (prior: readonly Entry[], before: number | null) =>
  (ms: number): number | null =>
    before === null && !isBlank(prior, 'reasoning') ? null : (before ?? 0) + ms;

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
  readonly hasAnswer: boolean;
  readonly hasCalls: boolean;
  readonly full: boolean;
  readonly isMore: boolean;
  readonly model: string;
}

type Judged = Pick<Outcome, 'state' | 'failure' | 'cause'>;

const cutShort = (reason: CutReason): Judged => ({
  state: 'interrupted',
  failure: { kind: 'cut-short', reason },
});

function judgeContent(finish: Finish, { hasAnswer, hasCalls }: Facts): Judged {
  // Of tools that were offered; the client runs them.
  if (finish === 'stop' || (finish === 'tool-calls' && hasCalls))
    return hasAnswer ? { state: 'complete', failure: null } : cutShort('no-answer');
  return cutShort(hasAnswer || finish !== 'length' ? finish : 'thoughts');
}

function judge(
  turn: LiveTurn,
  end: { readonly finish: Finish } | { readonly cause: unknown },
  facts: Facts,
): Judged {
  const { hasContent, hasAnswer, full, isMore, model } = facts;
  // Without output, a continuation keeps the old reply and a new turn fails.
  const emptyState = isMore ? 'interrupted' : 'failed';
  if (full && hasContent) return cutShort(hasAnswer ? 'limit' : 'thoughts');
  if (full) return { state: emptyState, failure: { kind: 'upstream', reason: 'length', model } };
  if ('finish' in end) {
    const { finish } = end;
    if (hasContent) return judgeContent(finish, facts);
    const reason = finish === 'stop' ? 'empty' : finish;
    return { state: emptyState, failure: { kind: 'upstream', reason, model } };
  }
  const { cause } = end;
  const aborted = turn.abortedAs();
  if (aborted === 'stopped') return { state: 'stopped', failure: null };
  if (aborted === 'interrupted' || hasContent)
    return { state: 'interrupted', failure: { kind: 'interrupted' }, cause };
  return { state: emptyState, failure: failureOf(cause), cause };
}
