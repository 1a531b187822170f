import 'server-only';
import { causesOf, failureOf, type UpstreamReason } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Model, ModelCatalogue } from '@/lib/ports/model';
import { sayHello } from './say-hello';

/** Whether the configured upstream answers. `reason`: null where the upstream is not the cause. */
export type Connection =
  | { readonly state: 'demo' }
  | { readonly state: 'ok'; readonly model: string; readonly ms: number }
  | { readonly state: 'failed'; readonly model: string; readonly reason: UpstreamReason | null };

interface Deps {
  /** Not behind the breaker: a check does not count as a send. */
  readonly model: Model;
  readonly catalogue: ModelCatalogue;
  readonly timeoutMs: number;
  readonly ticks: () => number;
  readonly log: Log;
}

/** For this long a result answers all who ask: each check costs a request, which no quota counts. */
const KEPT_MS = 5000;

/** Returns a function that checks the connection, one check at a time. It never rejects. */
export function connectionChecker(deps: Deps): () => Promise<Connection> {
  let latest: Promise<Connection> | null = null;
  let keptUntil = Infinity;
  return () => {
    if (latest && deps.ticks() < keptUntil) return latest;
    keptUntil = Infinity;
    latest = check(deps).finally(() => {
      keptUntil = deps.ticks() + KEPT_MS;
    });
    return latest;
  };
}

async function check({ model, catalogue, timeoutMs, log }: Deps): Promise<Connection> {
  const { models, demo } = await catalogue.list();
  if (demo) return { state: 'demo' };
  const [name = ''] = models;
  try {
    const { ms } = await sayHello(model, name, timeoutMs);
    return { state: 'ok', model: name, ms };
  } catch (thrown) {
    log.warn({ event: 'connection.check_failed', cause: causesOf(thrown) });
    const failure = failureOf(thrown);
    const reason = failure.kind === 'upstream' ? failure.reason : null;
    return { state: 'failed', model: name, reason };
  }
}
