import { causesOf, failureOf, type UpstreamReason } from '@/lib/errors';
import type { ListedModel } from './listed-models';
import type { ModelCatalogue } from '@/lib/ports/model';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

const KEPT_MS = 60_000;
/** A server that did not answer is left alone for this long, or for as many times as long as it let us wait. */
const FAILED_MS = 5000;
const FAILED_TIMES = 10;
/** The names the operator wrote. */
export const fixedCatalogue = (models: readonly string[], demo: boolean): ModelCatalogue => ({
  list: () => Promise.resolve({ models, demo }),
  contextTokens: () => null,
});

interface Options {
  /** Names that the operator wrote beside `auto`; they come first. */
  readonly named: readonly string[];
  /** Offered as long as no list could be had, so that there is something to ask for. */
  readonly standIns: readonly string[];
  readonly ticks: () => number;
  /** Called with why there is no list; not again for the same reason. */
  readonly onFailure: (reason: string) => void;
}

/**
 * What the operator named and whatever the upstream lists, asked for once a minute. A known list is given at once, and
 * while the upstream does not answer, the last one.
 */
export function listedCatalogue(
  listModels: () => Promise<ListedModel[]>,
  { named, standIns, ticks, onFailure }: Options,
): ModelCatalogue {
  let models: readonly string[] | null = null;
  let contexts: ReadonlyMap<string, number | null> = new Map();
  let dueAt = -Infinity;
  let failure: { reason: string; away: boolean } | null = null;
  let asking: Promise<void> | null = null;

  const take = (all: readonly ListedModel[]) => {
    if (all.length === 0) throw upstreamError('broken', 'there are no models on its list');
    contexts = new Map(all.map(({ id, contextTokens }) => [id, contextTokens]));
    const chatting = all.filter(({ chats }) => chats);
    // A name is only a hint: where it rules all of them out, none is.
    const listed = (chatting.length > 0 ? chatting : all).map(({ id }) => id);
    models = [...new Set([...named, ...listed])];
    failure = null;
    dueAt = ticks() + KEPT_MS;
  };
  const ask = async () => {
    const startedAt = ticks();
    try {
      take(await listModels());
    } catch (cause) {
      const reason = causesOf(cause);
      if (failure?.reason !== reason) onFailure(reason);
      failure = { reason, away: isAway(cause) };
      dueAt = ticks() + Math.max(FAILED_MS, FAILED_TIMES * (ticks() - startedAt));
    } finally {
      asking = null;
    }
  };

  return {
    contextTokens: (model) => contexts.get(model) ?? null,
    async list() {
      if (ticks() >= dueAt) asking ??= ask();
      if (models === null) await asking;
      if (models !== null) return { models, demo: false };
      const guess = named.length > 0 ? named : standIns;
      return { models: guess, demo: false, guessed: failure?.away === true };
    },
  };
}

/** Not a server that has no list, which will have none the next time either. */
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
