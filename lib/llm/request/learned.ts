import type { Lesson } from './lesson';
import { TAKES_AT_FIRST, type Takes } from './takes';

/** How a request is made. `sure`: what is known; `takes`: what is tried this time. */
export interface Way {
  readonly sure: Takes;
  readonly takes: Takes;
}

export const changed = ({ sure, takes }: Way, { change, sure: isSure }: Lesson): Way => ({
  sure: isSure ? { ...sure, ...change } : sure,
  takes: { ...takes, ...change },
});

/** What this process has learned of each model from answers and refusals. */
export interface Learned {
  wayFor(model: string, requestId: string): Way;
  /** It was answered when it was asked in this way. */
  answered(model: string, way: Way): void;
  /** It failed without a word why: the same request is tried without what some servers fail of. */
  failed(model: string, requestId: string): void;
}

interface Entry {
  readonly sure: Takes;
  /** How often in a row it answered without usage what it had refused with it. */
  readonly doubts: number;
  /** Until then it is asked without usage. */
  readonly doubtedUntil: number;
  readonly failed: string | null;
}

const AT_FIRST: Entry = { sure: TAKES_AT_FIRST, doubts: 0, doubtedUntil: -Infinity, failed: null };
/** Once may be chance; and what was never said does not hold for ever. */
const DOUBTS_MAX = 2;
const DOUBTED_MS = 3_600_000;
const MODELS_MAX = 1000;

export function learnedTakes(ticks: () => number): Learned {
  const entries = new Map<string, Entry>();
  const entryOf = (model: string) => entries.get(model) ?? AT_FIRST;
  const keep = (model: string, entry: Entry) => {
    entries.delete(model);
    const [oldest] = entries.keys();
    if (entries.size >= MODELS_MAX && oldest !== undefined) entries.delete(oldest);
    entries.set(model, entry);
  };

  return {
    wayFor(model, requestId) {
      const { sure, doubtedUntil, failed } = entryOf(model);
      const doubted = ticks() < doubtedUntil || failed === requestId;
      return { sure, takes: doubted ? { ...sure, usage: false } : sure };
    },
    answered(model, { sure, takes }) {
      const entry = entryOf(model);
      const isDoubt = sure.usage && !takes.usage && ticks() >= entry.doubtedUntil;
      const doubts = takes.usage ? 0 : entry.doubts + (isDoubt ? 1 : 0);
      const isProven = isDoubt && doubts >= DOUBTS_MAX;
      keep(model, {
        sure,
        doubts,
        doubtedUntil: isProven ? ticks() + DOUBTED_MS : entry.doubtedUntil,
        failed: null,
      });
    },
    failed(model, requestId) {
      keep(model, { ...entryOf(model), failed: requestId });
    },
  };
}
