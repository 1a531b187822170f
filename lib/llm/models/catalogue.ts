import { causesOf, failureOf, type UpstreamReason } from '@/lib/errors';
import type { Prices } from '@/lib/env/prices';
import type { ListedModel } from './listed-models';
import type { ModelCatalogue } from '@/lib/ports/model';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

const KEPT_MS = 60_000;
/** A failure is cached for this long, or for this many times its duration if that is longer. */
const FAILED_MS = 5000;
const FAILED_TIMES = 10;
type PriceOf = ModelCatalogue['priceOf'];

/** A catalogue of the configured names alone. */
export const fixedCatalogue = (
  models: readonly string[],
  { demo, priceOf }: { readonly demo: boolean; readonly priceOf: PriceOf },
): ModelCatalogue => ({
  list: () => Promise.resolve({ models, demo }),
  contextTokens: () => null,
  priceOf,
  pricesPending: () => false,
});

/** The same, with what the upstream's list says about these models. */
export const describedCatalogue = (
  models: readonly string[],
  upstream: ModelCatalogue,
): ModelCatalogue => ({
  ...upstream,
  async list() {
    await upstream.list();
    return { models, demo: false };
  },
});

/** Prices are listed in this currency. */
const LISTED = 'USD';

/** The operator's word on a price comes before the upstream's. */
export const pricesOf =
  ({ currency, models }: Prices, listed: PriceOf = () => null): PriceOf =>
  (model) =>
    models.get(model) ?? (currency === LISTED ? listed(model) : null);

interface Options {
  /** Names configured beside `auto`; they come first. */
  readonly named: readonly string[];
  /** Offered while no list is available. */
  readonly fallbacks: readonly string[];
  /** Models that turned out not to chat; not offered, unless they are configured. */
  readonly notForChat: ReadonlySet<string>;
  readonly prices: Prices;
  readonly ticks: () => number;
  /** Called with the reason when listing fails; not again for the same reason. */
  readonly onFailure: (reason: string) => void;
}

/**
 * The configured names and the upstream's list, cached for a minute. Serves a stale list at once while it refreshes, and
 * while the upstream fails. `list` never rejects.
 */
export function listedCatalogue(
  listModels: () => Promise<ListedModel[]>,
  { named, fallbacks, notForChat, prices, ticks, onFailure }: Options,
): ModelCatalogue {
  let models: readonly string[] | null = null;
  let modelByName: ReadonlyMap<string, ListedModel> = new Map();
  let dueAt = -Infinity;
  let failure: { reason: string; away: boolean } | null = null;
  let loading: Promise<void> | null = null;

  const take = (all: readonly ListedModel[]) => {
    if (all.length === 0) throw upstreamError('broken', 'there are no models on its list');
    modelByName = new Map(all.map((model) => [model.id, model]));
    const chats = all.filter((model) => model.chats);
    // The name is only a heuristic: if it excludes all models, it excludes none.
    const listed = (chats.length > 0 ? chats : all).map(({ id }) => id);
    models = [...new Set([...named, ...listed])];
    failure = null;
    dueAt = ticks() + KEPT_MS;
  };
  const chatting = (all: readonly string[]) => {
    const left = all.filter((id) => named.includes(id) || !notForChat.has(id));
    return left.length > 0 ? left : all;
  };
  const load = async () => {
    const startedAt = ticks();
    try {
      take(await listModels());
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
    contextTokens: (model) => modelByName.get(model)?.contextTokens ?? null,
    priceOf: pricesOf(prices, (model) => modelByName.get(model)?.price ?? null),
    pricesPending: () => prices.currency === LISTED && models === null && failure?.away !== false,
    async list() {
      if (ticks() >= dueAt) loading ??= load();
      if (models === null) await loading;
      if (models !== null) return { models: chatting(models), demo: false };
      const guess = named.length > 0 ? named : fallbacks;
      return { models: guess, demo: false, guessed: failure?.away === true };
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
