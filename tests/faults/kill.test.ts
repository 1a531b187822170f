import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { startUpstream, type Upstream } from '../upstream/upstream';
import { chanceOf, faultRounds, faultSeed, type Chance } from './chance';
import { numberedWords, wholeReply } from './numbered-words';
import { checkFile, numbersAreWhole, runningTurns } from './stored-state';
import { emptyTally, judgePayments, judgeReplies, judgeWords, told } from './tally';
import { deliver, messagesOf, talk, type Sent, type StoredMessage } from './talkers';

const CLIENTS = 4;
const ROUNDS = { SQLite: faultRounds(), PostgreSQL: Math.ceil(faultRounds() / 3) };

describe.each(ENGINES)('on $name', ({ name, empty }) => {
  const rounds = ROUNDS[name as keyof typeof ROUNDS];
  const seed = faultSeed();
  let place: EmptyDatabase;
  let upstream: Upstream;
  let app: RunningApp | null = null;

  beforeAll(async () => {
    place = await empty();
    upstream = await startUpstream();
  });
  afterEach(async () => {
    await app?.stop('SIGKILL');
  });
  afterAll(async () => {
    await upstream.close();
    await place.remove();
  });

  const start = async () => {
    app = await startApp({
      DATABASE_URI: place.uri,
      APP_SECRET: 'a secret that is only used by these tests',
      OPENAI_BASE_URL: upstream.url,
      API_KEYS,
      CHAT_RATE_LIMIT: '100000/minute',
      API_RATE_LIMIT: '100000/minute',
      CHAT_MEMORY_ENABLED: 'false',
    });
    return { app, api: apiClient(app.url) };
  };

  /** Talks to a process until it is killed; what was sent, and when it died. */
  const talkUntilKilled = async (chance: Chance, newQuestion: () => string) => {
    const { app: doomed, api } = await start();
    const sends: Sent[] = [];
    const talkers = Array.from({ length: CLIENTS }, (_, n) =>
      talk(api, chanceOf(chance.between(0, 2 ** 30) + n), newQuestion, sends),
    );
    const talking = Promise.allSettled(talkers);
    await new Promise((resolve) => setTimeout(resolve, chance.between(50, 2500)));
    const killedAt = performance.now();
    await doomed.stop('SIGKILL');
    await talking;
    return { sends, killedAt };
  };

  test(
    `${String(rounds)} processes that are killed lose, double and blank nothing (seed ${String(seed)})`,
    { timeout: 60_000 + rounds * 20_000 },
    async () => {
      const words = numberedWords();
      upstream.behave(words.behaviour);
      const chance = chanceOf(seed);
      const tally = emptyTally();
      const kept = new Map<string, StoredMessage[]>();
      let questions = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { sends, killedAt } = await talkUntilKilled(
          chance,
          () => `question ${String((questions += 1))}`,
        );
        checkFile(place.database);
        const { app: next, api } = await start();
        expect(await runningTurns(place.database)).toEqual([]);
        const stored = new Map<string, StoredMessage[]>();
        for (const id of new Set(sends.map(({ sessionId }) => sessionId)))
          stored.set(id, await messagesOf(api, id));
        judgeWords(tally, sends, stored);
        judgeReplies(tally, sends, stored, { words, killedAt });

        // Everybody sends again what they sent, not knowing what became of it.
        for (const sent of sends) {
          const { acknowledged } = sent;
          const paid = words.said(sent.question).generations;
          const text = await deliver(api, sent);
          expect(wholeReply(sent.question).startsWith(text)).toBe(true);
          const again = acknowledged && words.said(sent.question).generations > paid;
          if (again) tally.doubled.push(`${sent.question} was paid for again`);
        }
        for (const id of stored.keys()) kept.set(id, await messagesOf(api, id));
        judgeWords(tally, sends, kept);
        judgePayments(tally, sends, words);
        await next.stop('SIGKILL');
        checkFile(place.database);
      }
      const { api } = await start();
      for (const [id, messages] of kept) expect(await messagesOf(api, id)).toEqual(messages);
      await numbersAreWhole(place.database);
      console.log(
        `kill -9 on ${name}: seed ${String(seed)}, ${String(rounds)} rounds, ${told(tally)}`,
      );
      expect(tally.sends).toBeGreaterThan(rounds);
      const { lost, doubled, blank } = tally;
      expect({ lost, doubled, blank }).toEqual({ lost: [], doubled: [], blank: [] });
    },
  );
});
