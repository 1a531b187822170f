import { AppError } from '@/lib/errors';
import type { ListedModel } from './listed-models';
import type { ModelCatalogue } from './port';

const KEPT_MS = 60_000;
/** A server that did not answer is left alone for this long, whoever wants to know. */
const FAILED_MS = 5000;
/** What an upstream lists beside the models that chat. */
const NOT_FOR_CHAT = /embed|whisper|tts|dall-e|moderation|transcribe|image|rerank|davinci|babbage/i;

/** The names the operator wrote. */
export const fixedCatalogue = (models: readonly string[], demo: boolean): ModelCatalogue => ({
  list: () => Promise.resolve({ models, demo }),
  contextTokens: () => null,
});

interface Options {
  /** Names that the operator wrote beside `auto`; they come first. */
  readonly named: readonly string[];
  readonly ticks: () => number;
}

/**
 * What the operator named and whatever the upstream lists, asked for once a minute. A known list is given at once, and
 * while the upstream does not answer, the last one.
 */
export function listedCatalogue(
  listModels: () => Promise<ListedModel[]>,
  { named, ticks }: Options,
): ModelCatalogue {
  let models = named;
  let contexts: ReadonlyMap<string, number | null> = new Map();
  let dueAt = -Infinity;
  let failure: unknown;
  let asking: Promise<void> | null = null;

  const ask = async () => {
    try {
      const all = await listModels();
      contexts = new Map(all.map(({ id, contextTokens }) => [id, contextTokens]));
      const listed = all.map(({ id }) => id).filter((id) => !NOT_FOR_CHAT.test(id));
      if (listed.length > 0) models = [...new Set([...named, ...listed])];
      failure = undefined;
      dueAt = ticks() + (listed.length > 0 ? KEPT_MS : FAILED_MS);
    } catch (cause) {
      failure = cause;
      dueAt = ticks() + FAILED_MS;
    } finally {
      asking = null;
    }
  };

  return {
    contextTokens: (model) => contexts.get(model) ?? null,
    async list() {
      if (ticks() >= dueAt) asking ??= ask();
      if (models === named) await asking;
      if (models.length > 0) return { models, demo: false };
      throw new AppError(
        { kind: 'unavailable', retryAfterSeconds: FAILED_MS / 1000 },
        { cause: failure },
      );
    },
  };
}
