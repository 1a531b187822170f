import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { presentPrompt } from '@/lib/chat/turn/present-prompt';
import type { Turns } from '@/lib/chat/turns';
import { openaiModel } from '@/lib/llm/openai';
import { ENGINES } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import { endOf, openTestTurns } from '@/tests/setup/turns/turns';
import { answer, cutAfter, startUpstream, status, type Upstream } from '@/tests/upstream/upstream';
import type { NewSend } from '@/lib/chat/run/begin-turn';
import type { Store } from '@/db/store';

const TIMEOUTS = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 2_000_000 };
const TOO_LONG = status(400, { error: { code: 'context_length_exceeded', message: 'x' } });
const NO_SYSTEM = status(400, { error: { message: 'System role not supported', code: 400 } });

/** What a reply's record says, against what the upstream was sent. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let upstream: Upstream;
  let store: Store;
  let session: StoredSession;
  let turns: Turns;

  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.close());
  givenSessions(empty, (given) => {
    ({ store, session } = given);
  });
  beforeEach(() => {
    upstream.reset();
    turns = openTurns();
  });

  const openTurns = (more: Parameters<typeof openTestTurns>[2] = {}) => {
    const upstreamModel = openaiModel({ apiKey: 'k', baseUrl: upstream.url, ...TIMEOUTS });
    return openTestTurns(store, upstreamModel, more);
  };
  const order = () => ({
    owner: session.owner,
    requestId: randomUUID(),
    sessionId: session.sessionId,
    model: 'm',
    idempotency: null,
  });
  /** Asks, and resolves with the request id and the reply's id. */
  const ask = async (text: string, more: Partial<NewSend> = {}) => {
    const turn = await turns.send({ ...order(), text, retryOf: null, ...more });
    const { replyId } = await endOf(turn);
    return { requestId: turn.requestId, replyId };
  };
  const goOn = async (continues: string) => {
    const turn = await turns.continue({ ...order(), continues });
    await endOf(turn);
    return turn.requestId;
  };
  const seen = async (replyId: string | null, of = session) => {
    const stored = await store.prompts.of(of.owner, of.sessionId, replyId ?? '');
    return stored.map(presentPrompt);
  };
  const lastBody = () => {
    const body = upstream.requests.at(-1)?.body;
    if (!body) throw new Error('the upstream was not asked');
    const { model, messages, ...parameters } = body;
    return { model, messages, parameters };
  };

  test('a record says what was sent, also after the memory, the instructions and the branch have changed', async () => {
    const { owner, sessionId } = session;
    const settings = { systemPrompt: 'Be brief.', temperature: 0.5, maxTokens: 50 };
    await store.sessions.change({ owner, id: sessionId, settings, now: at(2) });
    await session.editMemory({ memory: '- likes tea\n- lives in Rome' });
    const first = await ask('one');
    const sent = lastBody();
    expect(sent.parameters).toMatchObject({ temperature: 0.5, max_tokens: 50 });
    const expected = {
      ...sent,
      request_id: first.requestId,
      tokens: 7,
      omitted: 0,
      system_prompt: 'Be brief.',
      memory: '- likes tea\n- lives in Rome',
      forgotten: [],
    };
    const second = await ask('two');
    const sentSecond = lastBody();
    await store.sessions.change({
      owner,
      id: sessionId,
      settings: { systemPrompt: null },
      now: at(2),
    });
    await session.editMemory({ memory: '- likes coffee' });
    await session.editMemory({ enabled: false });
    await ask('one, edited', { parent: null });
    expect(await seen(first.replyId)).toMatchObject([expected]);
    expect(await seen(second.replyId)).toMatchObject([sentSecond]);
  });

  test('a record holds none of the exchanges again', async () => {
    const long = 'a long question '.repeat(200);
    for (let n = 0; n < 4; n += 1) await ask(long);
    const { replyId } = await ask(long);
    const [stored] = await store.prompts.of(session.owner, session.sessionId, replyId ?? '');
    expect(JSON.stringify(stored?.record).length).toBeLessThan(600);
    expect(await seen(replyId)).toMatchObject([lastBody()]);
  });

  test('a continued reply has a record of each request that wrote it', async () => {
    await ask('before');
    upstream.behave(cutAfter('Once', ' upon'), cutAfter(' a'), answer(' time'));
    const begun = await ask('Tell me');
    const bodies = [lastBody()];
    const more = await goOn(begun.requestId);
    bodies.push(lastBody());
    await goOn(more);
    bodies.push(lastBody());
    await ask('and then?');
    expect(bodies.map(({ messages }) => messages.length)).toEqual([4, 6, 6]);
    expect(await seen(begun.replyId)).toMatchObject(bodies);
  });

  test.each([
    ['a context that was too long', TOO_LONG, 4],
    ['a model without a system message', NO_SYSTEM, 9],
  ])('after %s the record is of the request that was answered', async (_, refusal, length) => {
    for (const text of ['one', 'two', 'three', 'four']) await ask(text);
    await session.editMemory({ memory: '- likes tea' });
    upstream.behave(refusal, answer('There you are.'));
    const { replyId } = await ask('five');
    const sent = lastBody();
    expect(sent.messages).toHaveLength(length);
    const omitted = length === 4 ? 6 : 0;
    const facts = { system_prompt: 'You are a helpful assistant.', memory: '- likes tea', omitted };
    expect(await seen(replyId)).toMatchObject([{ ...sent, ...facts }]);
  });

  test('the words of a turn that fails later stay in the records of prompts that had them', async () => {
    const { turn: slow } = await session.begin({ text: 'slow' });
    const { replyId } = await ask('quick');
    const sent = lastBody();
    await session.end(slow.requestId, {
      state: 'failed',
      entries: [],
      failure: { kind: 'internal' },
    });
    expect(sent.messages.map(({ content }) => content).join()).toContain('slow');
    expect(await seen(replyId)).toMatchObject([sent]);
  });

  test('a reply of a process that was killed has its record', async () => {
    let say = (_text: string) => {};
    upstream.behave((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      say = (text) =>
        response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`);
      say('Half');
    });
    const turn = await turns.send({ ...order(), text: 'hello', retryOf: null });
    await expect.poll(() => store.turns.entriesFrom(turn.requestId, 0)).toHaveLength(1);
    // As the recovery of another process ends it.
    const { replyId } = await session.end(turn.requestId, {
      state: 'interrupted',
      entries: await store.turns.entriesFrom(turn.requestId, 0),
      failure: { kind: 'interrupted' },
    });
    expect(await seen(replyId)).toMatchObject([lastBody()]);
    await turns.drain(0);
  });

  test('a fork has the records of its replies, and keeps them when the session is purged', async () => {
    const { owner, sessionId } = session;
    await session.editMemory({ memory: '- likes tea' });
    await ask('one');
    const { replyId } = await ask('two');
    const sent = lastBody();
    const newId = randomUUID();
    const fork = { owner, id: sessionId, messageId: replyId ?? '', newId, now: at(5) };
    await store.branches.fork(fork);
    await store.sessions.remove(owner, sessionId, at(6));
    await store.sessions.purge(at(7));
    const [, , , copy] = await store.messages.branch({ owner, sessionId: newId });
    expect(await seen(copy?.id ?? '', { ...session, sessionId: newId })).toMatchObject([sent]);
  });

  test('a memory that was forgotten with its history is not in the records either', async () => {
    await session.editMemory({ memory: '- has a secret' });
    const { replyId } = await ask('one');
    expect(JSON.stringify(await seen(replyId))).toContain('secret');
    await store.memory.forgetAll(session.owner, session.sessionId, at(5));
    expect(JSON.stringify(await seen(replyId))).not.toContain('secret');
    expect(await seen(replyId)).toMatchObject([{ memory: null, forgotten: ['memory'] }]);
  });

  test('so is what an owner wrote about themselves, and nothing of it is counted any more', async () => {
    const { owner, sessionId } = session;
    const bytesBefore = async () => (await store.sessions.get(owner, sessionId)).bytes;
    const { replyId: without } = await ask('zero');
    const before = await bytesBefore();
    const now = at(4);
    await store.about.edit({ owner, text: 'has a secret', revisionId: randomUUID(), now });
    const { replyId } = await ask('one');
    expect(await seen(replyId)).toMatchObject([{ about: 'has a secret', ...lastBody() }]);
    const spoken = await bytesBefore();
    await store.about.forgetAll(owner);
    expect(await bytesBefore()).toBe(spoken - 'has a secret'.length);
    expect(JSON.stringify(await seen(replyId))).not.toContain('secret');
    expect(await seen(replyId)).toMatchObject([{ about: null, forgotten: ['about'] }]);
    expect(await seen(without)).toMatchObject([{ about: null, forgotten: [] }]);
    expect(before).toBeLessThan(spoken);
  });

  test('an unknown message and one of another owner are not found, and a question has no record', async () => {
    const { replyId } = await ask('one');
    const [question] = await store.messages.branch(session);
    expect(await seen(question?.id ?? '')).toEqual([]);
    const notFound = { failure: { kind: 'not-found' } };
    await expect(store.prompts.of('other', session.sessionId, replyId ?? '')).rejects.toMatchObject(
      notFound,
    );
    await expect(seen(randomUUID())).rejects.toMatchObject(notFound);
    const elsewhere = await createSession(store, session.owner);
    await expect(seen(replyId, elsewhere)).rejects.toMatchObject(notFound);
  });

  type Asking =
    | { kind: 'ask'; text: string }
    | { kind: 'edit'; text: string; at: number }
    | { kind: 'regenerate'; at: number }
    | { kind: 'cut'; text: string }
    | { kind: 'fail' };
  interface Noted {
    readonly note: (replyId: string | null) => void;
    readonly replyAt: (index: number) => string | undefined;
  }
  const asked = async (step: Asking, { note, replyAt }: Noted) => {
    if (step.kind === 'ask') note((await ask(step.text)).replyId);
    else if (step.kind === 'edit')
      note((await ask(step.text, { parent: replyAt(step.at) ?? null })).replyId);
    else if (step.kind === 'regenerate') {
      const regenerates = replyAt(step.at);
      if (regenerates === undefined) return;
      const turn = await turns.send({ ...order(), regenerates });
      note((await endOf(turn)).replyId);
    } else if (step.kind === 'cut') {
      upstream.behave(cutAfter(step.text), answer(' and more'));
      const { requestId, replyId } = await ask('cut');
      note(replyId);
      await goOn(requestId);
      note(replyId);
    } else {
      upstream.behave(status(400, { error: { message: 'no key', code: 'invalid_api_key' } }));
      await ask('fails');
    }
  };

  test('whatever is done, each record is what the upstream was sent', async () => {
    const words = fc.constantFrom(
      'one',
      'two\n\nthree',
      'You',
      '<think>x</think>y',
      '😀',
      'one\n\ntwo',
    );
    const anyStep = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), text: words, answered: words }),
      fc.record({ kind: fc.constant('edit' as const), text: words, at: fc.nat() }),
      fc.record({ kind: fc.constant('regenerate' as const), at: fc.nat() }),
      fc.record({ kind: fc.constant('cut' as const), text: words }),
      fc.record({ kind: fc.constant('memory' as const), text: words }),
      fc.record({
        kind: fc.constant('append' as const),
        text: words,
        role: fc.constantFrom('user' as const, 'assistant' as const),
      }),
      fc.constant({ kind: 'fail' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 12 }), async (steps) => {
        session = await createSession(store);
        turns = openTurns({ contextMaxTurns: 3, contextMaxChars: 400 });
        const bodies = new Map<string, ReturnType<typeof lastBody>[]>();
        const note = (replyId: string | null) => {
          if (replyId !== null) bodies.set(replyId, [...(bodies.get(replyId) ?? []), lastBody()]);
        };
        const replyAt = (index: number) => [...bodies.keys()][index % bodies.size];
        for (const step of steps) {
          upstream.behave(answer('answered' in step ? step.answered : 'Yes.'));
          if (step.kind === 'memory') await session.editMemory({ memory: step.text });
          else if (step.kind === 'append') await session.append(step.text, step.role);
          else await asked(step, { note, replyAt });
        }
        for (const [replyId, sent] of bodies) expect(await seen(replyId)).toMatchObject(sent);
      }),
      { numRuns: 4 },
    );
  });
});
