import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';

const ROUNDS = 20;
const failed = {
  state: 'failed',
  text: '',
  failure: { kind: 'upstream', reason: 'refused' },
} as const;

/** Turns of one session that begin, fail and are dismissed concurrently. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
  });

  const begin = async (text: string, retryOf: string | null = null): Promise<string> =>
    (await session.begin({ text, retryOf })).turn.requestId;
  const fail = (requestId: string) => session.end(requestId, failed);
  const dismiss = (requestId: string) => store.turns.dismiss(session.owner, requestId, at(3));

  test("a turn that fails while another begins takes none of the other's messages with it", async () => {
    await session.append('before');
    for (let round = 0; round < ROUNDS; round += 1) {
      const failing = await begin('failing');
      const next = `next ${String(round)}`;
      const [, begun] = await Promise.all([fail(failing), begin(next)]);
      expect(await session.contents()).toEqual(['before', next]);
      await fail(begun);
      expect(await session.contents()).toEqual(['before']);
    }
  });

  test('a failed turn that is dismissed during its retry is gone, and the retry stays', async () => {
    await session.append('before');
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = await begin('hello');
      await fail(first);
      const [again] = await Promise.all([begin('hello', first), dismiss(first)]);
      expect(await store.turns.failedIn(session.owner, session.sessionId)).toEqual([]);
      expect(await session.contents()).toEqual(['before', 'hello']);
      await fail(again);
      expect(await dismiss(again)).toBe(true);
    }
  });
});
