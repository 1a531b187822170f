import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { asking, givenAsking, openTurns, type Asking } from '@/tests/setup/prompts/asking';
import { at, createSession } from '@/tests/setup/stored-session';
import { endOf } from '@/tests/setup/turns/turns';
import { answer, cutAfter, status } from '@/tests/upstream/upstream';

const TOO_LONG = status(400, { error: { code: 'context_length_exceeded', message: 'x' } });
const NO_SYSTEM = status(400, { error: { message: 'System role not supported', code: 400 } });

/** What a reply's record says, against what the upstream was sent. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let by: Asking;

  givenAsking(empty, (each) => {
    by = each;
  });

  test('a record says what was sent, also after the memory, the instructions and the branch have changed', async () => {
    const { owner, sessionId } = by.session;
    const settings = { systemPrompt: 'Be brief.', temperature: 0.5, maxTokens: 50 };
    await by.store.sessions.change({ owner, id: sessionId, settings, now: at(2) });
    await by.session.editMemory({ memory: '- likes tea\n- lives in Rome' });
    const first = await by.ask('one');
    const sent = by.lastBody();
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
    const second = await by.ask('two');
    const sentSecond = by.lastBody();
    await by.store.sessions.change({
      owner,
      id: sessionId,
      settings: { systemPrompt: null },
      now: at(2),
    });
    await by.session.editMemory({ memory: '- likes coffee' });
    await by.session.editMemory({ enabled: false });
    await by.ask('one, edited', { parent: null });
    expect(await by.recorded(first.replyId)).toMatchObject([expected]);
    expect(await by.recorded(second.replyId)).toMatchObject([sentSecond]);
  });

  test('a record holds none of the exchanges again', async () => {
    const long = 'a long question '.repeat(200);
    for (let n = 0; n < 4; n += 1) await by.ask(long);
    const { replyId } = await by.ask(long);
    const [stored] = await by.store.prompts.of(
      by.session.owner,
      by.session.sessionId,
      replyId ?? '',
    );
    expect(JSON.stringify(stored?.record).length).toBeLessThan(600);
    expect(await by.recorded(replyId)).toMatchObject([by.lastBody()]);
  });

  test('a continued reply has a record of each request that wrote it', async () => {
    await by.ask('before');
    by.upstream.behave(cutAfter('Once', ' upon'), cutAfter(' a'), answer(' time'));
    const begun = await by.ask('Tell me');
    const bodies = [by.lastBody()];
    const more = await by.goOn(begun.requestId);
    bodies.push(by.lastBody());
    await by.goOn(more);
    bodies.push(by.lastBody());
    await by.ask('and then?');
    expect(bodies.map(({ messages }) => messages.length)).toEqual([4, 6, 6]);
    expect(await by.recorded(begun.replyId)).toMatchObject(bodies);
  });

  test.each([
    ['a context that was too long', TOO_LONG, 4],
    ['a model without a system message', NO_SYSTEM, 9],
  ])('after %s the record is of the request that was answered', async (_, refusal, length) => {
    for (const text of ['one', 'two', 'three', 'four']) await by.ask(text);
    await by.session.editMemory({ memory: '- likes tea' });
    by.upstream.behave(refusal, answer('There you are.'));
    const { replyId } = await by.ask('five');
    const sent = by.lastBody();
    expect(sent.messages).toHaveLength(length);
    const omitted = length === 4 ? 6 : 0;
    const facts = { system_prompt: 'You are a helpful assistant.', memory: '- likes tea', omitted };
    expect(await by.recorded(replyId)).toMatchObject([{ ...sent, ...facts }]);
  });

  test('the words of a turn that fails later stay in the records of prompts that had them', async () => {
    const { turn: slow } = await by.session.begin({ text: 'slow' });
    const { replyId } = await by.ask('quick');
    const sent = by.lastBody();
    await by.session.end(slow.requestId, {
      state: 'failed',
      entries: [],
      failure: { kind: 'internal' },
    });
    expect(sent.messages.map(({ content }) => content).join()).toContain('slow');
    expect(await by.recorded(replyId)).toMatchObject([sent]);
  });

  test('a reply of a process that was killed has its record', async () => {
    let say = (_text: string) => {};
    by.upstream.behave((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      say = (text) =>
        response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`);
      say('Half');
    });
    const turn = await by.turns.send({ ...by.order(), text: 'hello', retryOf: null });
    await expect.poll(() => by.store.turns.entriesFrom(turn.requestId, 0)).toHaveLength(1);
    // As the recovery of another process ends it.
    const { replyId } = await by.session.end(turn.requestId, {
      state: 'interrupted',
      entries: await by.store.turns.entriesFrom(turn.requestId, 0),
      failure: { kind: 'interrupted' },
    });
    expect(await by.recorded(replyId)).toMatchObject([by.lastBody()]);
    await by.turns.drain(0);
  });

  type Step =
    | { kind: 'ask'; text: string }
    | { kind: 'edit'; text: string; at: number }
    | { kind: 'regenerate'; at: number }
    | { kind: 'cut'; text: string }
    | { kind: 'fail' };
  interface Noted {
    readonly note: (replyId: string | null) => void;
    readonly replyAt: (index: number) => string | undefined;
  }
  const asked = async (step: Step, { note, replyAt }: Noted) => {
    if (step.kind === 'ask') note((await by.ask(step.text)).replyId);
    else if (step.kind === 'edit')
      note((await by.ask(step.text, { parent: replyAt(step.at) ?? null })).replyId);
    else if (step.kind === 'regenerate') {
      const regenerates = replyAt(step.at);
      if (regenerates === undefined) return;
      const turn = await by.turns.send({ ...by.order(), regenerates });
      note((await endOf(turn)).replyId);
    } else if (step.kind === 'cut') {
      by.upstream.behave(cutAfter(step.text), answer(' and more'));
      const { requestId, replyId } = await by.ask('cut');
      note(replyId);
      await by.goOn(requestId);
      note(replyId);
    } else {
      by.upstream.behave(status(400, { error: { message: 'no key', code: 'invalid_api_key' } }));
      await by.ask('fails');
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
        const { upstream, store } = by;
        const limits = { contextMaxTurns: 3, contextMaxChars: 400 };
        const turns = openTurns({ upstream, store }, limits);
        by = asking({ upstream, store, session: await createSession(store), turns });
        const bodies = new Map<string, ReturnType<Asking['lastBody']>[]>();
        const note = (replyId: string | null) => {
          if (replyId !== null)
            bodies.set(replyId, [...(bodies.get(replyId) ?? []), by.lastBody()]);
        };
        const replyAt = (index: number) => [...bodies.keys()][index % bodies.size];
        for (const step of steps) {
          by.upstream.behave(answer('answered' in step ? step.answered : 'Yes.'));
          if (step.kind === 'memory') await by.session.editMemory({ memory: step.text });
          else if (step.kind === 'append') await by.session.append(step.text, step.role);
          else await asked(step, { note, replyAt });
        }
        for (const [replyId, sent] of bodies)
          expect(await by.recorded(replyId)).toMatchObject(sent);
      }),
      { numRuns: 4 },
    );
  });
});
