import type { Prices } from '@/lib/env/prices';
import type { ModelList } from './model-list';
import type { ModelCatalogue } from '@/lib/ports/model';

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
}

/** The configured names and the upstream's list. `list` never rejects. */
export function listedCatalogue(
  upstream: ModelList,
  { named, fallbacks, notForChat, prices }: Options,
): ModelCatalogue {
  const offered = () => {
    const all = upstream.known();
    if (all === null) return null;
    const chats = all.filter((model) => model.chats);
    // The name is only a heuristic: if it excludes all models, it excludes none.
    const listed = (chats.length > 0 ? chats : all).map(({ id }) => id);
    const models = [...new Set([...named, ...listed])];
    const left = models.filter((id) => named.includes(id) || !notForChat.has(id));
    return left.length > 0 ? left : models;
  };

  return {
    contextTokens: (model) => upstream.find(model)?.contextTokens ?? null,
    priceOf: pricesOf(prices, (model) => upstream.find(model)?.price ?? null),
    pricesPending: () =>
      prices.currency === LISTED && upstream.known() === null && !upstream.isMissing(),
    async list() {
      await upstream.refresh();
      const models = offered();
      if (models) return { models, demo: false };
      const guess = named.length > 0 ? named : fallbacks;
      return { models: guess, demo: false, guessed: upstream.isAway() };
    },
  };
}
