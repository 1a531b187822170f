import type { FinishedExchange } from '@/lib/chat/memory/memory-merge';
import { generateText } from '@/lib/chat/run/generate-text';
import { causesOf } from '@/lib/errors';
import type { Clock } from '@/lib/ports/clock';
import type { Log } from '@/lib/ports/log';
import type { Model } from '@/lib/ports/model';
import type { SessionStore } from '@/lib/sessions/session-store';
import { TITLE_MAX } from '@/lib/sessions/title';
import { titleInAnswer, titlePrompt } from './title-prompt';

interface Deps {
  readonly model: Model;
  readonly titleModel: () => Promise<string>;
  readonly store: Pick<SessionStore, 'lacksTitle' | 'giveTitle'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface TitleMaker {
  /** Generates the title of a session without one after its first exchange, in the background. */
  make(exchange: FinishedExchange): void;
  /** Resolves when no title is being made. */
  idle(): Promise<void>;
}

/** Title generation. A failure is logged and changes nothing; there is no retry. */
export function titleMaker(deps: Deps): TitleMaker {
  const running = new Set<Promise<void>>();
  return {
    make(exchange) {
      const mine = makeAndLog(deps, exchange).finally(() => running.delete(mine));
      running.add(mine);
    },
    async idle() {
      await Promise.all(running);
    },
  };
}

async function makeAndLog(deps: Deps, exchange: FinishedExchange): Promise<void> {
  const about = { request_id: exchange.requestId, session_id: exchange.sessionId };
  try {
    if (await makeTitle(deps, exchange)) deps.log.info({ event: 'session.title.made', ...about });
  } catch (cause) {
    deps.log.warn({ event: 'session.title.make_failed', ...about, cause: causesOf(cause) });
  }
}

/** False when the session has a title by now, or the answer has none. */
async function makeTitle(
  { model, titleModel, store, clock }: Deps,
  exchange: FinishedExchange,
): Promise<boolean> {
  const { sessionId, requestId } = exchange;
  if (!(await store.lacksTitle({ sessionId, turn: requestId }))) return false;
  const answer = await generateText(
    { model, clock },
    { requestId, model: await titleModel(), messages: titlePrompt(exchange), max: TITLE_MAX },
  );
  const title = titleInAnswer(answer);
  return title !== null && store.giveTitle({ sessionId, title, now: clock.now() });
}
