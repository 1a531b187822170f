import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Store } from '@/db/store';
import { memoryMerger, type FinishedExchange } from '@/lib/chat/memory/memory-merge';
import { countedModel } from '@/lib/chat/run/counted-model';
import { taskGroup } from '@/lib/chat/run/task-group';
import { titleMaker } from '@/lib/chat/titles/title-maker';
import type { Env } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import { onlyPriced } from '@/lib/llm/only-priced';
import type { Models } from '@/lib/llm/open-models';
import { log } from '@/lib/log';
import type { Model } from '@/lib/ports/model';
import { systemClock as clock } from '@/lib/system-clock';
import { anyNeedsPrices, type Budgets } from '@/lib/usage/budget';

/** How long a shutdown waits for the usage of a merge to be written. */
const WRITE_MS = 5_000;

/**
 * What follows a whole reply in the background, by the memory's model: the memory and the first title. `budgets`: those of
 * now.
 */
export function openAfterReply(
  configuration: Env,
  store: Store,
  models: Models,
  budgets: () => Budgets,
) {
  const { CHAT_MEMORY_ENABLED, CHAT_MEMORY_MAX_CHARS: maxChars, CHAT_TITLES } = configuration;
  const priced = onlyPriced(models.memoryModel, models.catalogue);
  const memoryModel: Model = {
    stream: (request) => (anyNeedsPrices(budgets()) ? priced : models.memoryModel).stream(request),
  };
  const writes = taskGroup(clock);
  const model = countedModel(memoryModel, ({ requestId, model: name }, tokens) => {
    const price = models.catalogue.priceOf(name);
    const spent = { requestId, model: name, price, tokens, now: clock.now() };
    const written = store.usage.spend(spent).catch((cause: unknown) => {
      log().warn({ event: 'usage.write_failed', cause: causesOf(cause) });
    });
    void writes.add(written);
  });
  const { memoryModelName } = models;
  const shared = { model, clock, log: log() };
  const memory = { memoryModel: memoryModelName, store: store.memory, maxChars };
  const merger = memoryMerger({ ...shared, ...memory, newId: randomUUID });
  const titles = titleMaker({ ...shared, titleModel: memoryModelName, store: store.sessions });
  return {
    run(exchange: FinishedExchange) {
      if (CHAT_MEMORY_ENABLED) merger.merge(exchange);
      if (CHAT_TITLES && !models.demo) titles.make(exchange);
    },
    async idle() {
      await Promise.all([merger.idle(), titles.idle()]);
      await writes.done(WRITE_MS);
    },
  };
}
