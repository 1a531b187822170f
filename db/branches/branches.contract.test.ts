import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PlacedMessage } from '@/lib/sessions/branches/branch-store';
import { ENGINES } from '@/tests/databases/engines';
import { allPages } from '@/tests/setup/all-pages';
import { said } from '@/tests/setup/entries';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';

const notFound = { failure: { kind: 'not-found', reason: 'message' } };
const conflict = { failure: { kind: 'conflict' } };

/** Branches of a session: begun by an edit or another reply, and shown one at a time. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;
  let part: { owner: string; sessionId: string };

  givenSessions(empty, (given) => {
    ({ store, session } = given);
    const { owner, sessionId } = session;
    part = { owner, sessionId };
  });

  /** An exchange; returns its ids. */
  const exchange = async (text: string, reply: string, more: { parent?: string | null } = {}) => {
    const { turn, begun } = await session.begin({ text, ...more });
    await session.end(turn.requestId, { entries: said(reply) });
    return { ...turn, begun };
  };
  const placed = async (): Promise<PlacedMessage[]> => await allPages(store.branches.placed(part));
  const get = () => store.sessions.get(part.owner, part.sessionId);

  test('an edit is a sibling with the context before it, and the old branch stays', async () => {
    const first = await exchange('one', 'a');
    const second = await exchange('two', 'b');
    const edited = await exchange('two, better', 'c', { parent: first.replyId });
    expect(edited.begun).toMatchObject({
      question: 'two, better',
      context: { messages: [{ content: 'one' }, { content: 'a' }] },
    });
    expect(await session.contents()).toEqual(['one', 'a', 'two, better', 'c']);
    const siblings = [second.userMessageId, edited.userMessageId];
    expect((await placed()).map((message) => message.siblings)).toEqual([
      [first.userMessageId],
      [first.replyId],
      siblings,
      [edited.replyId],
    ]);
    expect([...(await store.branches.places(await store.messages.branch(part)))]).toEqual([
      [edited.userMessageId, { at: 2, of: 2, previous: second.userMessageId, next: null }],
    ]);
    const tree = await allPages(store.branches.tree(part.owner, part.sessionId));
    expect(tree.map(({ content }) => content)).toEqual([
      'one',
      'a',
      'two',
      'b',
      'two, better',
      'c',
    ]);
  });

  test('an edit of the first message starts over, and names the session', async () => {
    const first = await exchange('one', 'a');
    const again = await exchange('uno', 'b', { parent: null });
    expect(again.begun).toMatchObject({ context: { messages: [] } });
    expect(await session.contents()).toEqual(['uno', 'b']);
    expect(await get()).toMatchObject({ opening: 'uno' });
    const [root] = await placed();
    expect(root?.siblings).toEqual([first.userMessageId, again.userMessageId]);
    await session.show(first.userMessageId);
    expect(await get()).toMatchObject({ opening: 'one', head: first.replyId });
  });

  test('a reply that is regenerated gets a sibling, from the same question', async () => {
    const asked = await exchange('one', 'a');
    const later = await exchange('two', 'b');
    const { turn, begun } = await session.regenerate(asked.replyId, { model: 'other' });
    expect(begun).toMatchObject({ kind: 'started', question: 'one', context: { messages: [] } });
    expect(await session.contents()).toEqual(['one']);
    await session.end(turn.requestId, { entries: said('A') });
    expect(await session.contents()).toEqual(['one', 'A']);
    expect(await placed()).toMatchObject([
      {},
      { model: 'other', siblings: [asked.replyId, turn.replyId] },
    ]);
    await session.show(asked.replyId);
    expect(await session.contents()).toEqual(['one', 'a', 'two', 'b']);
    expect(await get()).toMatchObject({ head: later.replyId, lastSeq: 5 });
  });

  test('a user message without a reply can be asked again', async () => {
    const { turn } = await session.begin({ text: 'one' });
    await session.end(turn.requestId, { state: 'stopped', entries: said('') });
    const { turn: again } = await session.regenerate(turn.userMessageId);
    await session.end(again.requestId, { entries: said('a') });
    expect(await session.contents()).toEqual(['one', 'a']);
    const [message] = await store.messages.branch(part);
    expect(message?.id).toBe(turn.userMessageId);
  });

  test.each(['failed', 'stopped'] as const)(
    'a regeneration that ends %s without a word shows what was shown before',
    async (state) => {
      const asked = await exchange('one', 'a');
      await exchange('two', 'b');
      const { turn: second } = await session.regenerate(asked.replyId);
      await session.end(second.requestId, { entries: said('A') });
      await session.show(asked.replyId);
      const { turn } = await session.regenerate(asked.replyId);
      await session.end(turn.requestId, { state, entries: said('') });
      expect(await session.contents()).toEqual(['one', 'a', 'two', 'b']);
      expect(await store.turns.failedIn(part.owner, part.sessionId)).toEqual([]);
    },
  );

  test('a failed edit shows what was shown before, and is retried in its place', async () => {
    const first = await exchange('one', 'a');
    await exchange('two', 'b');
    const { turn } = await session.begin({ text: 'two!', parent: first.replyId });
    await session.end(turn.requestId, { state: 'failed', entries: said('') });
    expect(await session.contents()).toEqual(['one', 'a', 'two', 'b']);
    const { turn: root } = await session.begin({ text: 'one!', parent: null });
    await session.end(root.requestId, { state: 'failed', entries: said('') });
    expect(await get()).toMatchObject({ opening: 'one' });
    const { turn: retry } = await session.begin({ text: 'two!', retryOf: turn.requestId });
    await session.end(retry.requestId, { entries: said('c') });
    expect(await session.contents()).toEqual(['one', 'a', 'two!', 'c']);
    const { turn: again } = await session.begin({ text: 'one!', retryOf: root.requestId });
    await session.end(again.requestId, { entries: said('d') });
    expect(await session.contents()).toEqual(['one!', 'd']);
  });

  test('a failed turn leaves its message when that has got another reply meanwhile', async () => {
    const { turn: first } = await session.begin({ text: 'one' });
    const { turn: second } = await session.regenerate(first.userMessageId);
    await session.end(first.requestId, { state: 'failed', entries: said('') });
    await session.end(second.requestId, { entries: said('a') });
    expect(await session.contents()).toEqual(['one', 'a']);
    expect(await store.turns.failedIn(part.owner, part.sessionId)).toEqual([]);
  });

  test('another branch is shown with its version, and again without effect', async () => {
    const first = await exchange('one', 'a');
    await exchange('uno', 'b', { parent: null });
    const { version } = await get();
    await expect(session.show(first.userMessageId, version - 1)).rejects.toMatchObject(conflict);
    const shown = await session.show(first.userMessageId, version);
    expect(shown).toMatchObject({ head: first.replyId, version: version + 1 });
    expect(await session.show(first.userMessageId, version)).toEqual(shown);
    const other = await createSession(store);
    const foreign = await other.append('theirs');
    await expect(session.show(foreign.id)).rejects.toMatchObject(notFound);
    await expect(session.begin({ parent: foreign.id })).rejects.toMatchObject(notFound);
    await expect(session.regenerate(foreign.id)).rejects.toMatchObject(notFound);
    await expect(session.regenerate(first.replyId, { owner: 'other' })).rejects.toMatchObject({
      failure: { kind: 'not-found', reason: 'session' },
    });
  });

  test('a reply that answers no user message cannot be regenerated', async () => {
    const greeting = await session.append('welcome', 'assistant');
    await expect(session.regenerate(greeting.id)).rejects.toMatchObject(conflict);
  });

  test('twenty regenerations at once with one key begin one reply', async () => {
    const { replyId } = await exchange('one', 'a');
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const begun = await Promise.all(
      Array.from({ length: 20 }, () => session.regenerate(replyId, { idempotency })),
    );
    expect(begun.filter((each) => each.begun.kind === 'started')).toHaveLength(1);
    const [, reply] = await placed();
    expect(reply).toBeUndefined();
    await session.show(replyId);
    expect((await placed())[1]?.siblings).toHaveLength(2);
  });

  test('the last reply of a branch that is not shown can be continued, and is shown then', async () => {
    const { turn } = await session.begin({ text: 'one' });
    await session.end(turn.requestId, { state: 'stopped', entries: said('Once') });
    await exchange('uno', 'b', { parent: null });
    const { turn: more } = await session.goOn(turn.requestId);
    await session.end(more.requestId, { entries: said('Once upon') });
    expect(await session.contents()).toEqual(['one', 'Once upon']);
    expect(await get()).toMatchObject({ opening: 'one' });
  });

  test('only the exchanges of the shown branch are merged into the memory', async () => {
    const first = await exchange('one', 'a');
    const again = await exchange('uno', 'b', { parent: null });
    const { sessionId } = part;
    const merges = async (turn: string) =>
      (await store.memory.toMerge({ sessionId, turn })) !== null;
    expect([await merges(first.requestId), await merges(again.requestId)]).toEqual([false, true]);
    await session.show(first.replyId);
    expect([await merges(first.requestId), await merges(again.requestId)]).toEqual([true, false]);
  });

  test('another reply to a question from before the memory was forgotten does not bring it back', async () => {
    const { replyId } = await exchange('my secret', 'a');
    await session.editMemory({ memory: '- the secret' });
    await session.editMemory({ memory: null });
    const { turn } = await session.regenerate(replyId);
    await session.end(turn.requestId, { entries: said('b') });
    const merged = { sessionId: part.sessionId, turn: turn.requestId };
    expect(await store.memory.toMerge(merged)).toBeNull();
  });

  test('a session with branches is purged whole', async () => {
    const first = await exchange('one', 'a');
    await exchange('uno', 'b', { parent: null });
    await exchange('deux', 'c', { parent: first.replyId });
    await store.owners.forget(part.owner, at(9));
    await store.owners.purge(part.owner);
    await expect(get()).rejects.toMatchObject({ failure: { reason: 'session' } });
  });
});
