import type { Lesson } from './lesson';
import { DEFAULT_CAPABILITIES, type Capabilities } from './capabilities';

/** How a request is made. `sure`: known capabilities; `capabilities`: those assumed for this attempt. */
export interface Attempt {
  readonly sure: Capabilities;
  readonly capabilities: Capabilities;
}

export const nextAttempt = (
  { sure, capabilities }: Attempt,
  { change, sure: isSure }: Lesson,
): Attempt => ({
  sure: isSure ? { ...sure, ...change } : sure,
  capabilities: { ...capabilities, ...change },
});

/** What this process has learned about each model's capabilities, from responses and refusals. */
export interface LearnedCapabilities {
  attemptFor(model: string, requestId: string): Attempt;
  /** Records that a request made this way succeeded. */
  succeeded(model: string, requestId: string, attempt: Attempt): void;
  /** Records a 500 without a reason: the retry of this request omits `stream_options`, which some servers fail on. */
  failed(model: string, requestId: string): void;
  /** Its last reply began within a thought that its chat template opened. */
  beginsInReasoning(model: string): boolean;
  began(model: string, inReasoning: boolean): void;
}

/** What some servers fail on without a reason, in the order in which it is omitted. */
const WITHOUT_USAGE: Partial<Capabilities> = { usage: false };
const WITHOUT_STREAM: Partial<Capabilities> = { usage: false, stream: false };

interface Entry {
  readonly sure: Capabilities;
  /** How often in a row it answered without `doubted` what it had refused with it. */
  readonly doubts: number;
  readonly doubted: Partial<Capabilities> | null;
  /** Until then, requests omit `doubted`. */
  readonly doubtedUntil: number;
  /** How often each of these requests failed without a reason, the oldest first. */
  readonly failed: ReadonlyMap<string, number>;
  readonly inReasoning: boolean;
}

const AT_FIRST: Entry = {
  sure: DEFAULT_CAPABILITIES,
  doubts: 0,
  doubted: null,
  doubtedUntil: -Infinity,
  failed: new Map(),
  inReasoning: false,
};
/** One success may be chance, and a conclusion without an explicit error must expire. */
const DOUBTS_MAX = 2;
const DOUBTED_MS = 3_600_000;
const MODELS_MAX = 1000;
const FAILED_MAX = 100;

/** The supported parameters that an attempt omitted. */
function omitted({ sure, capabilities }: Attempt): Partial<Capabilities> | null {
  if (sure.stream && !capabilities.stream) return WITHOUT_STREAM;
  return sure.usage && !capabilities.usage ? WITHOUT_USAGE : null;
}

/** What to omit from a request that has failed this often without a reason. */
function triedWithout(times: number | undefined): Partial<Capabilities> | null {
  if (times === undefined) return null;
  return times === 1 ? WITHOUT_USAGE : WITHOUT_STREAM;
}

function omit<Value>(all: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return all.has(key) ? new Map([...all].filter(([each]) => each !== key)) : all;
}

export function learnedCapabilities(ticks: () => number): LearnedCapabilities {
  const entries = new Map<string, Entry>();
  const entryOf = (model: string) => entries.get(model) ?? AT_FIRST;
  const keep = (model: string, entry: Entry) => {
    entries.delete(model);
    const [oldest] = entries.keys();
    if (entries.size >= MODELS_MAX && oldest !== undefined) entries.delete(oldest);
    entries.set(model, entry);
  };

  return {
    attemptFor(model, requestId) {
      const { sure, doubted, doubtedUntil, failed } = entryOf(model);
      const known = ticks() < doubtedUntil ? doubted : null;
      return { sure, capabilities: { ...sure, ...known, ...triedWithout(failed.get(requestId)) } };
    },
    succeeded(model, requestId, attempt) {
      const entry = entryOf(model);
      const isKnown = ticks() < entry.doubtedUntil;
      const without = omitted(attempt);
      const before = without === entry.doubted ? entry.doubts : 0;
      const doubts = without === null ? 0 : before + (isKnown ? 0 : 1);
      const isProven = !isKnown && doubts >= DOUBTS_MAX;
      keep(model, {
        ...entry,
        sure: attempt.sure,
        doubts,
        doubted: without,
        doubtedUntil: isProven ? ticks() + DOUBTED_MS : entry.doubtedUntil,
        failed: omit(entry.failed, requestId),
      });
    },
    failed(model, requestId) {
      const entry = entryOf(model);
      const others = omit(entry.failed, requestId);
      const times = (entry.failed.get(requestId) ?? 0) + 1;
      const failed = new Map([...others, [requestId, times] as const].slice(-FAILED_MAX));
      keep(model, { ...entry, failed });
    },
    beginsInReasoning: (model) => entryOf(model).inReasoning,
    began(model, inReasoning) {
      if (entryOf(model).inReasoning !== inReasoning)
        keep(model, { ...entryOf(model), inReasoning });
    },
  };
}
