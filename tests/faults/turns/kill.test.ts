import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../../databases/engines';
import type { StoredMessage } from '../../programs/api-client';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { chanceOf, faultRounds, faultSeed, type Chance } from '../chance';
import { numberedWords, wholeReply } from './numbered-words';
import { watchStarvation } from './cpu-starvation';
import { checkFile, numbersAreWhole, runningTurns } from './stored-state';
import { emptyTally, judgePayments, judgeReplies, judgeWords, told } from './tally';
import { deliver, talk, type Sent } from './chat-clients';

const CLIENTS = 4;
const ROUNDS = { SQLite: faultRounds(), PostgreSQL: Math.max(2, Math.ceil(faultRounds() / 3)) };

describe.each(ENGINES)('on $name', ({ name, empty }) => {
  const rounds = ROUNDS[name as keyof typeof ROUNDS];
  const seed = faultSeed();
  let place: EmptyDatabase;
  let deployment: Deployment;

  beforeEach(async () => {
    place = await empty();
    deployment = await openDeployment(place);
  });
  afterEach(() => deployment.remove());

  /** Sends messages to a process until it is killed; resolves with the sends and the time of the kill. */
  const talkUntilKilled = async (chance: Chance, newQuestion: () => string) => {
    const doomed = await deployment.start();
    const sends: Sent[] = [];
    // This process is its upstream.
    const starvation = watchStarvation(doomed.process.pid ?? 0, process.pid);
    const clients = Array.from({ length: CLIENTS }, (_, n) =>
      talk(doomed.api, chanceOf(chance.between(0, 2 ** 30) + n), newQuestion, sends),
    );
    const talking = Promise.allSettled(clients);
    await expect.poll(() => sends.length, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, chance.between(0, 2500)));
    starvation.end();
    const killedAt = performance.now();
    await doomed.stop('SIGKILL');
    await talking;
    return { sends, kill: { killedAt, starvedMs: starvation.since } };
  };

  test(
    `${String(rounds)} killed processes lose, duplicate and blank nothing (seed ${String(seed)})`,
    { timeout: 60_000 + rounds * 20_000 },
    async () => {
      const words = numberedWords();
      deployment.upstream.behave(words.behaviour);
      const chance = chanceOf(seed);
      const tally = emptyTally();
      const kept = new Map<string, StoredMessage[]>();
      let questions = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { sends, kill } = await talkUntilKilled(
          chance,
          () => `question ${String((questions += 1))}`,
        );
        checkFile(place.database);
        const next = await deployment.start();
        const { api } = next;
        expect(await runningTurns(place.database)).toEqual([]);
        const stored = new Map<string, StoredMessage[]>();
        for (const id of new Set(sends.map(({ sessionId }) => sessionId)))
          stored.set(id, await api.messages(id));
        judgeWords(tally, sends, stored);
        judgeReplies(tally, sends, stored, { words, ...kill });

        // All clients retry their sends, since they do not know the outcome.
        for (const sent of sends) {
          const { acknowledged } = sent;
          const paid = words.said(sent.question).generations;
          const text = await deliver(api, sent);
          expect(wholeReply(sent.question).startsWith(text)).toBe(true);
          const again = acknowledged && words.said(sent.question).generations > paid;
          if (again) tally.doubled.push(`${sent.question} was paid for again`);
        }
        for (const id of stored.keys()) kept.set(id, await api.messages(id));
        judgeWords(tally, sends, kept);
        judgePayments(tally, sends, words);
        await next.stop('SIGKILL');
        checkFile(place.database);
      }
      const { api } = await deployment.start();
      for (const [id, messages] of kept) expect(await api.messages(id)).toEqual(messages);
      await numbersAreWhole(place.database);
      console.log(
        `kill -9 on ${name}: seed ${String(seed)}, ${String(rounds)} rounds, ${told(tally)}`,
      );
      expect(tally.sends).toBeGreaterThanOrEqual(rounds);
      const { lost, doubled, blank } = tally;
      expect({ lost, doubled, blank }).toEqual({ lost: [], doubled: [], blank: [] });
    },
  );
});
