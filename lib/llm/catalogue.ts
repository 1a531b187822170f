import { AppError } from '@/lib/errors';
import type { ModelCatalogue } from './port';

const KEPT_MS = 60_000;
const RETRY_AFTER_SECONDS = 5;
/** What an upstream lists beside the models that chat. */
const NOT_FOR_CHAT = /embed|whisper|tts|dall-e|moderation|transcribe|image|rerank|davinci|babbage/i;

/** The names the operator wrote. */
export const fixedCatalogue = (models: readonly string[], demo: boolean): ModelCatalogue => ({
  list: () => Promise.resolve({ models, demo }),
});

/** Whatever the upstream lists, asked for once a minute; while it does not answer, what it listed last. */
export function listedCatalogue(
  listModels: () => Promise<string[]>,
  ticks: () => number,
): ModelCatalogue {
  let models: readonly string[] = [];
  let askedAt = -Infinity;
  return {
    async list() {
      if (ticks() - askedAt < KEPT_MS) return { models, demo: false };
      try {
        const listed = (await listModels()).filter((id) => !NOT_FOR_CHAT.test(id));
        if (listed.length > 0) {
          models = listed;
          askedAt = ticks();
        }
      } catch (cause) {
        if (models.length === 0) throw unknownModels(cause);
      }
      if (models.length === 0) throw unknownModels(undefined);
      return { models, demo: false };
    },
  };
}

const unknownModels = (cause: unknown): AppError =>
  new AppError({ kind: 'unavailable', retryAfterSeconds: RETRY_AFTER_SECONDS }, { cause });
