import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { givenAsking, type Asking } from '@/tests/setup/prompts/asking';
import { at, createSession } from '@/tests/setup/stored-session';

/** How long a record is kept, what is forgotten of it, and who may see it. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let by: Asking;

  givenAsking(empty, (each) => {
    by = each;
  });

  test('a fork has the records of its replies, and keeps them when the session is purged', async () => {
    const { owner, sessionId } = by.session;
    await by.session.editMemory({ memory: '- likes tea' });
    await by.ask('one');
    const { replyId } = await by.ask('two');
    const sent = by.lastBody();
    const newId = randomUUID();
    const fork = { owner, id: sessionId, messageId: replyId ?? '', newId, now: at(5) };
    await by.store.branches.fork(fork);
    await by.store.sessions.remove(owner, sessionId, at(6));
    await by.store.sessions.purge(at(7));
    const [, , , copy] = await by.store.messages.branch({ owner, sessionId: newId });
    expect(await by.recorded(copy?.id ?? '', { ...by.session, sessionId: newId })).toMatchObject([
      sent,
    ]);
  });

  test('a memory that was forgotten with its history is not in the records either', async () => {
    await by.session.editMemory({ memory: '- has a secret' });
    const { replyId } = await by.ask('one');
    expect(JSON.stringify(await by.recorded(replyId))).toContain('secret');
    await by.store.memory.forgetAll(by.session.owner, by.session.sessionId, at(5));
    expect(JSON.stringify(await by.recorded(replyId))).not.toContain('secret');
    expect(await by.recorded(replyId)).toMatchObject([{ memory: null, forgotten: ['memory'] }]);
  });

  test('so is what an owner wrote about themselves, and nothing of it is counted any more', async () => {
    const { owner, sessionId } = by.session;
    const bytesBefore = async () => (await by.store.sessions.get(owner, sessionId)).bytes;
    const { replyId: without } = await by.ask('zero');
    const before = await bytesBefore();
    const now = at(4);
    await by.store.about.edit({ owner, text: 'has a secret', revisionId: randomUUID(), now });
    const { replyId } = await by.ask('one');
    expect(await by.recorded(replyId)).toMatchObject([{ about: 'has a secret', ...by.lastBody() }]);
    const spoken = await bytesBefore();
    await by.store.about.forgetAll(owner);
    expect(await bytesBefore()).toBe(spoken - 'has a secret'.length);
    expect(JSON.stringify(await by.recorded(replyId))).not.toContain('secret');
    expect(await by.recorded(replyId)).toMatchObject([{ about: null, forgotten: ['about'] }]);
    expect(await by.recorded(without)).toMatchObject([{ about: null, forgotten: [] }]);
    expect(before).toBeLessThan(spoken);
  });

  test('an unknown message and one of another owner are not found, and a question has no record', async () => {
    const { replyId } = await by.ask('one');
    const [question] = await by.store.messages.branch(by.session);
    expect(await by.recorded(question?.id ?? '')).toEqual([]);
    const notFound = { failure: { kind: 'not-found' } };
    await expect(
      by.store.prompts.of('other', by.session.sessionId, replyId ?? ''),
    ).rejects.toMatchObject(notFound);
    await expect(by.recorded(randomUUID())).rejects.toMatchObject(notFound);
    const elsewhere = await createSession(by.store, by.session.owner);
    await expect(by.recorded(replyId, elsewhere)).rejects.toMatchObject(notFound);
  });
});
