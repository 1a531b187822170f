import { causesOf, failureOf, type UpstreamReason } from '@/lib/errors';
import type { ListedModel } from './listed-models';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

const KEPT_MS = 60_000;
/** A failure is cached for this long, or for this many times its duration if that is longer. */
const FAILED_MS = 5000;
const FAILED_TIMES = 10;

/** The upstream's list of models, cached for a minute. */
export interface ModelList {
  /** Null before the first success. A stale list stays while it refreshes, and while the upstream fails. */
  known(): readonly ListedModel[] | null;
  find(name: string): ListedModel | undefined;
  /** True when a retry may bring a list: the last attempt failed, and the server did not say that it has none. */
  isAway(): boolean;
  /** True when the server said that it has no list. */
  isMissing(): boolean;
  /** Refreshes a list that is due. Resolves at once when there is a stale one. Never rejects. */
  refresh(): Promise<void>;
}

interface Options {
  readonly ticks: () => number;
  /** Called with the reason when listing fails; not again for the same reason. */
  readonly onFailure: (reason: string) => void;
}

export function openModelList(
  listModels: () => Promise<ListedModel[]>,
  { ticks, onFailure }: Options,
): ModelList {
  let models: readonly ListedModel[] | null = null;
  let modelByName: ReadonlyMap<string, ListedModel> = new Map();
  let dueAt = -Infinity;
  let failure: { reason: string; away: boolean } | null = null;
  let loading: Promise<void> | null = null;

  const load = async () => {
    const startedAt = ticks();
    try {
      const all = await listModels();
      if (all.length === 0) throw upstreamError('broken', 'there are no models on its list');
      models = all;
      modelByName = new Map(all.map((model) => [model.id, model]));
      failure = null;
      dueAt = ticks() + KEPT_MS;
    } catch (cause) {
      const reason = causesOf(cause);
      if (failure?.reason !== reason) onFailure(reason);
      failure = { reason, away: isAway(cause) };
      dueAt = ticks() + Math.max(FAILED_MS, FAILED_TIMES * (ticks() - startedAt));
    } finally {
      loading = null;
    }
  };

  return {
    known: () => models,
    find: (name) => modelByName.get(name),
    isAway: () => failure?.away === true,
    isMissing: () => failure?.away === false,
    async refresh() {
      if (ticks() >= dueAt) loading ??= load();
      if (models === null) await loading;
    },
  };
}

/** False for a server without a list: a retry would not help. */
const isAway = (cause: unknown): boolean => {
  const failure = failureOf(cause);
  return failure.kind !== 'upstream' || AWAY.has(failure.reason);
};
const AWAY: ReadonlySet<UpstreamReason> = new Set([
  'unreachable',
  'timeout',
  'failing',
  'loading',
  'limited',
]);
