import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewTurn, TurnResult } from '@/lib/chat/turn-store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { openDatabase } from './client';
import { openStore, type Store } from './store';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));
const notFound = { failure: { kind: 'not-found' } };
const conflict = { failure: { kind: 'conflict' } };

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let owner: string;
  let sessionId: string;

  beforeAll(async () => {
    place = await empty();
    store = await openStore(place.database);
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });
  beforeEach(async () => {
    owner = randomUUID();
    sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now: at(0) });
  });

  const begin = (more: Partial<NewTurn> = {}) => {
    const turn: NewTurn = {
      requestId: randomUUID(),
      owner,
      sessionId,
      text: 'hello',
      model: 'm',
      idempotency: null,
      userMessageId: randomUUID(),
      replyId: randomUUID(),
      instance: 'here',
      contextMessages: 10,
      retryOf: null,
      now: at(1),
      ...more,
    };
    return store.turns.begin(turn).then((begun) => ({ turn, begun }));
  };
  const end = (requestId: string, more: Partial<TurnResult> = {}) =>
    store.turns.end({
      requestId,
      state: 'complete',
      text: 'hi',
      failure: null,
      usage: null,
      tokens: null,
      firstTokenMs: 3,
      now: at(2),
      ...more,
    });
  const failed = {
    state: 'failed',
    text: '',
    failure: { kind: 'upstream', reason: 'refused' },
  } as const;
  const append = (content: string, role: 'user' | 'assistant' = 'user', second = 1) =>
    store.messages.append({
      owner,
      sessionId,
      id: randomUUID(),
      message: { role, content },
      now: at(second),
    });
  const contents = async () =>
    (await store.messages.branch({ owner, sessionId })).map(({ content }) => content);
  const memoryEdit = (memory: string | null, version: number | null = null) =>
    store.memory.edit({
      owner,
      sessionId,
      edit: { memory },
      version,
      revisionId: randomUUID(),
      now: at(3),
    });

  test('the database is migrated, and migrating again changes nothing', async () => {
    expect(await store.isMigrated()).toBe(true);
    const again = await openStore(place.database);
    expect(await again.isMigrated()).toBe(true);
    await again.close();
  });

  test("somebody else's session is not found by any verb", async () => {
    const other = { owner: 'other', sessionId };
    const message = { role: 'user', content: 'x' } as const;
    const edit = { ...other, edit: { memory: 'x' }, version: null, revisionId: 'r', now: at(1) };
    for (const attempt of [
      () => store.sessions.get('other', sessionId),
      () =>
        store.sessions.rename({
          owner: 'other',
          id: sessionId,
          title: 'x',
          version: null,
          now: at(1),
        }),
      () => store.sessions.remove('other', sessionId, at(1)),
      () => store.messages.branch(other),
      () => store.messages.append({ ...other, id: randomUUID(), message, now: at(1) }),
      () => store.memory.get('other', sessionId),
      () => store.memory.edit(edit),
      () => store.memory.revisions('other', sessionId, 5),
      () => begin({ owner: 'other' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject(notFound);
    }
    expect(await contents()).toEqual([]);
  });

  test('the list is by last activity, in pages without gap or repeat', async () => {
    const ids = [sessionId];
    for (let n = 1; n < 7; n += 1) {
      const id = randomUUID();
      // Several with the same time: the id decides.
      await store.sessions.create({ id, owner, title: null, now: at(Math.floor(n / 3)) });
      ids.push(id);
    }
    const seen: string[] = [];
    let after = null;
    for (;;) {
      const page = await store.sessions.list({ owner, limit: 3, after });
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1) ?? null;
      if (page.length < 3) break;
    }
    expect(seen).toHaveLength(ids.length);
    expect(new Set(seen)).toEqual(new Set(ids));
    const times = await store.sessions.list({ owner, limit: 50, after: null });
    const order = times.map(({ lastActivity }) => lastActivity.getTime());
    expect(order).toEqual(order.toSorted((a, b) => b - a));
  });

  test('messages are ordered by number, whatever the clock says', async () => {
    await append('first', 'user', 9);
    await append('second', 'assistant', 5);
    await append('third', 'user', 1);
    expect(await contents()).toEqual(['first', 'second', 'third']);
    const branch = await store.messages.branch({ owner, sessionId });
    expect(branch.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const last = await store.messages.branch({ owner, sessionId, limit: 2 });
    expect(last.map(({ content }) => content)).toEqual(['second', 'third']);
    const before = await store.messages.branch({ owner, sessionId, limit: 2, before: last[0]?.id });
    expect(before.map(({ content }) => content)).toEqual(['first']);
  });

  test('appending at once from many sides gives each message its own number', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => append(`message ${String(n)}`)));
    const branch = await store.messages.branch({ owner, sessionId });
    expect(branch.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  test('a session takes its opening from its first user message', async () => {
    await append('Good day', 'assistant');
    await append('  What is\n a turn?  ');
    await append('And a frame?');
    expect((await store.sessions.get(owner, sessionId)).opening).toBe('What is a turn?');
  });

  test('a stale version is refused and changes nothing', async () => {
    const { version } = await store.sessions.get(owner, sessionId);
    const rename = (title: string) =>
      store.sessions.rename({ owner, id: sessionId, title, version, now: at(1) });
    expect(await rename('mine')).toMatchObject({ title: 'mine', version: version + 1 });
    await expect(rename('yours')).rejects.toMatchObject(conflict);
    await expect(memoryEdit('yours', version)).rejects.toMatchObject(conflict);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({
      title: 'mine',
      memory: null,
    });
  });

  test('a deleted session is gone until it is restored, and for good once it is purged', async () => {
    const { turn } = await begin();
    await store.turns.appendText([{ requestId: turn.requestId, offset: 0, text: 'h' }], at(1));
    await end(turn.requestId);
    await memoryEdit('- tea');
    await store.sessions.remove(owner, sessionId, at(5));
    await expect(store.sessions.get(owner, sessionId)).rejects.toMatchObject(notFound);
    await expect(store.sessions.remove(owner, sessionId, at(5))).rejects.toMatchObject(notFound);
    await expect(store.sessions.restore('other', sessionId, at(5))).rejects.toMatchObject(notFound);
    await store.sessions.restore(owner, sessionId, at(5));
    expect(await contents()).toEqual(['hello', 'hi']);
    await store.sessions.remove(owner, sessionId, at(5));
    await store.sessions.purge(at(6));
    await expect(store.sessions.restore(owner, sessionId, at(5))).rejects.toMatchObject(notFound);
    expect(await store.turns.find(owner, turn.requestId)).toBeNull();
    expect(await store.turns.textFrom(turn.requestId, 0)).toBe('');
  });

  test('a turn reads the newest messages of its session, without itself or empty ones', async () => {
    await append('one');
    await append('1', 'assistant');
    await append('two');
    await append(' ', 'assistant');
    await memoryEdit('- tea');
    const { begun } = await begin({ contextMessages: 3 });
    expect(begun).toEqual({
      kind: 'started',
      question: 'hello',
      text: '',
      context: {
        messages: [
          { role: 'assistant', content: '1' },
          { role: 'user', content: 'two' },
        ],
        memory: '- tea',
        systemPrompt: null,
      },
    });
  });

  test('twenty sends at once with one key start one turn', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const all = await Promise.all(Array.from({ length: 20 }, () => begin({ idempotency })));
    expect(all.filter(({ begun }) => begun.kind === 'started')).toHaveLength(1);
    const joined = all.flatMap(({ begun }) => (begun.kind === 'joined' ? [begun.requestId] : []));
    expect(new Set(joined).size).toBe(1);
    await end(joined[0] ?? '');
    expect(await contents()).toEqual(['hello', 'hi']);
  });

  test('a request id that is taken is said to be, and no message is left behind', async () => {
    const { turn } = await begin();
    const { begun } = await begin({ requestId: turn.requestId, text: 'again' });
    expect(begun).toEqual({ kind: 'id-taken' });
    expect(await contents()).toEqual(['hello']);
  });

  test('a failed turn leaves the conversation and its words stay beside it until dismissed', async () => {
    await append('before');
    const { turn } = await begin();
    const later = await begin({ text: 'later' });
    expect(await end(turn.requestId, failed)).toMatchObject({ state: 'failed', replyId: null });
    await end(later.turn.requestId);
    expect(await contents()).toEqual(['before', 'later', 'hi']);
    expect(await store.turns.failedIn(owner, sessionId)).toEqual([
      { requestId: turn.requestId, text: 'hello', failure: failed.failure, createdAt: at(1) },
    ]);
    expect(await store.turns.dismiss('other', turn.requestId, at(5))).toBe(false);
    expect(await store.turns.dismiss(owner, turn.requestId, at(5))).toBe(true);
    expect(await store.turns.failedIn(owner, sessionId)).toEqual([]);
  });

  test('a failed first turn leaves the session as it was', async () => {
    const { turn } = await begin();
    await end(turn.requestId, failed);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({ head: null, opening: null });
  });

  test('a turn that is cut off before its first token keeps the question and no blank reply', async () => {
    const { turn } = await begin();
    const ended = await end(turn.requestId, {
      state: 'interrupted',
      text: ' \n',
      failure: { kind: 'interrupted' },
    });
    expect(ended).toMatchObject({ state: 'interrupted', replyId: null });
    expect(await contents()).toEqual(['hello']);
    expect(await store.sessions.get(owner, sessionId)).toMatchObject({ head: turn.userMessageId });
  });

  test('a turn ends once; whoever comes second is told the first end', async () => {
    const { turn } = await begin();
    await end(turn.requestId);
    expect(await end(turn.requestId, { state: 'interrupted', text: 'other' })).toMatchObject({
      state: 'complete',
      replyId: turn.replyId,
    });
    expect(await contents()).toEqual(['hello', 'hi']);
  });

  test('the text of a turn can be read from any place, while it runs and after its batches are dropped', async () => {
    const { turn } = await begin();
    const { requestId } = turn;
    await store.turns.appendText([{ requestId, offset: 0, text: 'Once ' }], at(1));
    await store.turns.appendText([{ requestId, offset: 5, text: 'upon' }], at(1));
    expect(await store.turns.textFrom(requestId, 3)).toBe('e upon');
    await end(requestId, { text: 'Once upon a time' });
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.textFrom(requestId, 5)).toBe('upon a time');
  });

  test('without a session the reply is kept for as long as its key', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const { turn } = await begin({ sessionId: null, idempotency });
    await end(turn.requestId, { text: 'hi there' });
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.textFrom(turn.requestId, 3)).toBe('there');
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(9) });
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(9) });
    expect(await store.turns.textFrom(turn.requestId, 0)).toBe('');
    expect(await begin({ sessionId: null, idempotency })).toMatchObject({
      begun: { kind: 'started' },
    });
  });

  test('without a session, a turn that is broken off before its first word sets its key free', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    for (const state of ['stopped', 'interrupted'] as const) {
      const { turn, begun } = await begin({ sessionId: null, idempotency });
      expect(begun.kind).toBe('started');
      await end(turn.requestId, { state, text: '' });
    }
    const { turn } = await begin({ sessionId: null, idempotency });
    await end(turn.requestId, { state: 'stopped', text: 'half' });
    expect(await begin({ sessionId: null, idempotency })).toMatchObject({
      begun: { kind: 'joined', requestId: turn.requestId },
    });
  });

  test('a heartbeat tells which turns are asked to stop, by their owner alone', async () => {
    const { turn } = await begin();
    expect(await store.turns.askStop('other', turn.requestId)).toBe(false);
    expect(await store.turns.beat([turn.requestId], at(4))).toEqual([]);
    expect(await store.turns.askStop(owner, turn.requestId)).toBe(true);
    expect(await store.turns.beat([turn.requestId], at(5))).toEqual([turn.requestId]);
    const running = await store.turns.running();
    expect(running.find(({ requestId }) => requestId === turn.requestId)).toMatchObject({
      instance: 'here',
      heartbeat: at(5),
    });
    await end(turn.requestId);
    expect(await store.turns.beat([turn.requestId], at(6))).toEqual([]);
  });

  test('ending a turn of a deleted session brings nothing back', async () => {
    const { turn } = await begin();
    await store.sessions.remove(owner, sessionId, at(2));
    await end(turn.requestId);
    expect(await store.sessions.list({ owner, limit: 5, after: null })).toEqual([]);
  });

  test('a merge is written only over the memory it was made from', async () => {
    const merge = (previous: string | null, text: string) =>
      store.memory.merge({
        sessionId,
        previous,
        text,
        turn: 't',
        revisionId: randomUUID(),
        now: at(4),
      });
    expect(await merge(null, '- tea')).toBe(true);
    await memoryEdit('- coffee');
    expect(await merge('- tea', '- tea, cake')).toBe(false);
    expect(await merge('- coffee', '- coffee, cake')).toBe(true);
    const revisions = await store.memory.revisions(owner, sessionId, 10);
    expect(revisions.map(({ text, author }) => ({ text, author }))).toEqual([
      { text: '- coffee, cake', author: 'model' },
      { text: '- coffee', author: 'user' },
      { text: '- tea', author: 'model' },
    ]);
    const off = {
      owner,
      sessionId,
      edit: { enabled: false },
      version: null,
      revisionId: 'r',
      now: at(5),
    };
    await store.memory.edit(off);
    expect(await merge('- coffee, cake', 'x')).toBe(false);
  });

  test('what fails in the middle is undone as a whole', async () => {
    const { turn } = await begin();
    const versionBefore = (await store.sessions.get(owner, sessionId)).version;
    // The id of the user message is taken: the insert fails after the session and the turn were written.
    await expect(begin({ userMessageId: turn.userMessageId })).rejects.toThrow();
    expect((await store.sessions.get(owner, sessionId)).version).toBe(versionBefore);
    expect(await store.turns.runningIn(owner, sessionId)).toEqual([turn.requestId]);
  });

  test('a key that comes back with another body is refused', async () => {
    const key = randomUUID();
    await begin({ idempotency: { key, bodyHash: 'one' } });
    await expect(begin({ idempotency: { key, bodyHash: 'two' } })).rejects.toMatchObject({
      failure: { kind: 'key-reused' },
    });
    expect(await contents()).toEqual(['hello']);
  });

  test('a retry takes the place of the failed turn, and only of one in the same session', async () => {
    const { turn } = await begin();
    await end(turn.requestId, failed);
    const elsewhere = randomUUID();
    await store.sessions.create({ id: elsewhere, owner, title: null, now: at(0) });
    await begin({ sessionId: elsewhere, retryOf: turn.requestId });
    expect(await store.turns.failedIn(owner, sessionId)).toHaveLength(1);
    await begin({ retryOf: turn.requestId });
    expect(await store.turns.failedIn(owner, sessionId)).toEqual([]);
  });

  test('what was said after a reply stays when the reply comes to nothing', async () => {
    const { turn } = await begin();
    await append('meanwhile');
    await end(turn.requestId, { state: 'stopped', text: '' });
    expect(await contents()).toEqual(['hello', 'meanwhile']);
  });

  test('a session whose first turn failed takes its opening from what is still there', async () => {
    const { turn } = await begin({ text: 'first words' });
    const later = await begin({ text: 'later words' });
    await end(turn.requestId, failed);
    await end(later.turn.requestId);
    expect((await store.sessions.get(owner, sessionId)).opening).toBe('later words');
  });

  test('replies that are being written take no place in a page or in the context', async () => {
    await append('one');
    await append('1', 'assistant');
    await begin({ text: 'two' });
    const { begun } = await begin({ text: 'three', contextMessages: 2 });
    expect(begun).toMatchObject({
      context: {
        messages: [
          { role: 'assistant', content: '1' },
          { role: 'user', content: 'two' },
        ],
      },
    });
    const page = await store.messages.branch({ owner, sessionId, limit: 2 });
    expect(page.map(({ content }) => content)).toEqual(['two', 'three']);
  });

  test('a session that is read while its last turn fails never looks empty', async () => {
    await append('before');
    for (let round = 0; round < 20; round += 1) {
      const { turn } = await begin();
      const reads = Array.from({ length: 5 }, contents);
      await end(turn.requestId, failed);
      for (const read of await Promise.all(reads)) expect(read[0]).toBe('before');
    }
  });

  test('a message that is not of this session begins no page', async () => {
    await append('here');
    const elsewhere = randomUUID();
    await store.sessions.create({ id: elsewhere, owner, title: null, now: at(0) });
    const [message] = await store.messages.branch({ owner, sessionId });
    const page = { owner, sessionId: elsewhere, before: message?.id };
    expect(await store.messages.branch(page)).toEqual([]);
  });

  test('a purged session leaves no row, and the turn that still ran ends without one', async () => {
    const { turn } = await begin();
    await store.turns.appendText([{ requestId: turn.requestId, offset: 0, text: 'h' }], at(1));
    await memoryEdit('- tea');
    await store.sessions.remove(owner, sessionId, at(5));
    await store.sessions.purge(at(6));
    expect(await end(turn.requestId)).toMatchObject({ state: 'complete', replyId: null });
    const db = await openDatabase(place.database);
    const { sessions, messages, turns, turnEvents, memoryRevisions } = db.tables;
    const left = await db.read((query) =>
      Promise.all([
        query.select().from(sessions).where(eq(sessions.id, sessionId)),
        query.select().from(messages).where(eq(messages.sessionId, sessionId)),
        query.select().from(turns).where(eq(turns.requestId, turn.requestId)),
        query.select().from(turnEvents).where(eq(turnEvents.requestId, turn.requestId)),
        query.select().from(memoryRevisions).where(eq(memoryRevisions.sessionId, sessionId)),
      ]),
    );
    expect(left.flat()).toEqual([]);
    await db.close();
  });

  test('a turn without a session is forgotten when no key leads to it, and no other turn is', async () => {
    const alone = await begin({ sessionId: null });
    const running = await begin({ sessionId: null });
    const kept = await begin();
    await end(alone.turn.requestId);
    await end(kept.turn.requestId);
    await store.turns.tidy({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.find(owner, alone.turn.requestId)).toBeNull();
    expect(await store.turns.find(owner, running.turn.requestId)).toMatchObject({
      state: 'running',
    });
    expect(await store.turns.find(owner, kept.turn.requestId)).toMatchObject({ state: 'complete' });
  });
});
