import { describe, expect, test } from 'vitest';
import { openStore } from '@/db/store';
import { ENGINES } from '@/tests/databases/engines';
import { asBefore } from '@/tests/databases/old-version';

const session = (id: string) =>
  `insert into sessions (id, owner, last_activity, created_at, updated_at) values ('${id}', 'me', NOW, NOW, NOW)`;
const message = (id: string, turn: string, role: string, seq: number) =>
  `insert into messages (id, session_id, seq, role, content, turn, created_at) values ('${id}', 'counted', ${String(seq)}, '${role}', 'x', '${turn}', NOW)`;
const turn = (id: string, of: string, usage: object | null, thoughtMs: number | null) =>
  `insert into turns (request_id, owner, session_id, state, model, instance, usage, thought_ms, heartbeat, created_at)
   values ('${id}', 'me', '${of}', 'complete', 'm', 'i', ${usage ? `'${JSON.stringify(usage)}'` : 'null'}, ${String(thoughtMs)}, NOW, NOW)`;
const usage = (total: number) => ({ prompt_tokens: 1, completion_tokens: 1, total_tokens: total });

describe.each(ENGINES)('on $name', ({ bare }) => {
  test('an update counts the tokens of a session, and takes over how long models thought', async () => {
    const { database, remove } = await bare();
    await asBefore('_reply_facts', database, [
      session('counted'),
      session('unknown'),
      turn('one', 'counted', usage(2_000_000_000), 1200),
      turn('two', 'counted', usage(2_000_000_000), null),
      turn('three', 'counted', null, null),
      turn('four', 'unknown', null, null),
      message('question', 'one', 'user', 1),
      message('reply', 'one', 'assistant', 2),
      message('second', 'two', 'assistant', 3),
      "update messages set parent = 'question' where id = 'reply'",
      "update messages set parent = 'reply' where id = 'second'",
      "update sessions set head = 'second' where id = 'counted'",
    ]);
    const store = await openStore(database);
    const tokensOf = async (id: string) => (await store.sessions.get('me', id)).tokens;
    expect([await tokensOf('counted'), await tokensOf('unknown')]).toEqual([4_000_000_000, 0]);
    const read = await store.messages.branch({ owner: 'me', sessionId: 'counted' });
    expect(read.map(({ thoughtMs }) => thoughtMs)).toEqual([null, 1200, null]);
    await store.close();
    await remove();
  });
});
