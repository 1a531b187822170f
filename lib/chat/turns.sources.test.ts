import { expect, test } from 'vitest';
import { turnFrames } from '@/lib/http/stream/turn-frames';
import { translationOf } from '@/lib/texts/translations';
import { partsOf } from '@/lib/reply/parts';
import { exportJson } from '@/lib/sessions/export/ask-flask-json';
import { exportMarkdown } from '@/lib/sessions/export/ask-flask-markdown';
import { SOURCES_MAX, sourcesOf } from '@/lib/reply/source';
import { endOf, turnsOver } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';
import type { WatchedTurn } from './turn/live-turn';

const here = turnsOfEachTest();
const { owner, send, goOn, stoppedAfter } = here;
const A = 'https://a.example/';
const B = 'https://b.example/';
const part = (url: string, title: string | null = null) => ({ kind: 'source', url, title });

const lastMessage = async () =>
  (await here.store.messages.branch({ owner, sessionId: here.sessionId })).at(-1);

const framesOf = async (turn: WatchedTurn, position = 0) =>
  (await new Response(turnFrames(turn, translationOf('en'), position)).text())
    .split('\n\n')
    .filter((frame) => /token|reasoning|source/.test(frame));

test('a source is one long, in frames of its own, and stored at its place', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onReasoning('hm');
  request.onSource(A, 'A');
  request.onText('Once ');
  request.onSource(B);
  request.onSource(A, 'A again');
  request.onText('upon');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete' });
  const frames = [
    'id: 2\ndata: {"reasoning":"hm"}',
    'id: 3\ndata: {"source":{"url":"https://a.example/","title":"A"}}',
    'id: 8\ndata: {"token":"Once "}',
    'id: 9\ndata: {"source":{"url":"https://b.example/","title":null}}',
    'id: 13\ndata: {"token":"upon"}',
  ];
  expect(await framesOf(turn)).toEqual(frames);
  const elsewhere = await turnsOver(here.store).turns.watch(here.owner, turn.requestId);
  if (!elsewhere) throw new Error('the turn is gone');
  expect(await framesOf(elsewhere)).toEqual(frames);
  for (const [position, left] of [
    [2, 4],
    [3, 3],
    [8, 2],
    [9, 1],
    [13, 0],
    [99, 0],
  ] as const)
    expect(await framesOf(elsewhere, position)).toEqual(frames.slice(frames.length - left));
  const reply = await lastMessage();
  expect(reply?.content).toBe('Once upon');
  expect(reply?.parts?.map(({ at, kind }) => [at, kind])).toEqual([
    [0, 'reasoning'],
    [2, 'source'],
    [8, 'source'],
  ]);
});

test('a continuation cites nothing twice, and a retraction takes back no source', async () => {
  const first = await send('hello');
  const request = await here.model.next();
  request.onText('Once');
  request.onSource(A);
  request.finish(null, 'length');
  await endOf(first);
  const turn = await goOn(first.requestId);
  const more = await here.model.next();
  more.onSource(A);
  more.onText(' a pl');
  more.onSource(B);
  more.onText('an');
  more.onCut(2);
  more.onText('time');
  more.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete' });
  expect(partsOf(turn.since(0))).toEqual([
    { kind: 'text', text: 'Once' },
    part(A),
    { kind: 'text', text: ' a' },
    part(B),
    { kind: 'text', text: 'time' },
  ]);
  expect(await lastMessage()).toMatchObject({ content: 'Once atime' });
  expect(here.exchanges.at(-1)).toMatchObject({ reply: 'Once atime' });
});

test('sources alone are no reply', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onSource(A);
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { reason: 'empty' } });
  const more = await goOn(await stoppedAfter('Once'));
  const next = await here.model.next();
  next.onSource(A);
  next.finish();
  expect(await endOf(more)).toMatchObject({ state: 'interrupted', failure: { reason: 'empty' } });
  expect(await lastMessage()).toMatchObject({ content: 'Once', parts: null });
});

test('sources are bounded in number, and take the room of all they hold', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once');
  for (let at = 0; at < SOURCES_MAX + 50; at += 1) request.onSource(`https://x.y/${String(at)}`);
  request.finish();
  await endOf(turn);
  expect(sourcesOf(turn.since(0))).toHaveLength(SOURCES_MAX);

  const bounded = turnsOver(here.store, { replyMaxChars: 100 });
  const id = await bounded.session();
  const full = await bounded.send(id);
  const answer = await bounded.model.next();
  answer.onText('Once');
  answer.onSource(A, 'A');
  answer.onSource(`https://x.y/${'z'.repeat(100)}`);
  answer.onText(' upon a time there was a king who had no castle and no horse and no crown');
  answer.finish();
  expect(await endOf(full)).toMatchObject({ failure: { kind: 'cut-short', reason: 'limit' } });
  const all = full.since(0).map(({ text }) => text.length);
  expect(all.reduce((sum, length) => sum + length, 0)).toBe(100);
  expect(sourcesOf(full.since(0))).toEqual([{ url: A, title: 'A' }]);
  await bounded.turns.drain(0);
});

test('an entry of a kind that is not known keeps its place, and is passed over', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once');
  // As a newer version would store it.
  const later = { at: 4, kind: 'hologram' as 'unknown', text: '{"light":1}' };
  await here.store.turns.appendEntries([
    {
      requestId: turn.requestId,
      entries: [
        { at: 0, kind: 'text', text: 'Once' },
        later,
        { at: 5, kind: 'text', text: ' upon' },
      ],
    },
  ]);
  const elsewhere = await turnsOver(here.store).turns.watch(here.owner, turn.requestId);
  expect(elsewhere?.length()).toBe(10);
  expect(partsOf(elsewhere?.since(0) ?? [])).toEqual([{ kind: 'text', text: 'Once upon' }]);
  expect(elsewhere?.since(4)).toMatchObject([{ kind: 'hologram', at: 4 }, { text: ' upon' }]);
  expect(elsewhere?.since(5)).toMatchObject([{ text: ' upon', at: 5 }]);
  request.finish();
  await endOf(turn);
});

test('exports have the sources: Markdown as a list below the reply, JSON among its parts', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onReasoning('hm');
  request.onText('Once ');
  request.onSource(`${A}a_(b)`, 'A [b](javascript:x) <i>');
  request.onText('upon');
  request.onSource(B);
  request.finish();
  await endOf(turn);
  const session = await here.store.sessions.get(owner, here.sessionId);
  const pages = () => here.store.messages.pages({ owner, sessionId: here.sessionId });
  const textIn = async (pieces: AsyncIterable<string>) => {
    let text = '';
    for await (const piece of pieces) text += piece;
    return text;
  };
  const list = [
    'Sources:\n',
    '1. [A \\[b\\](javascript:x) \\<i\\>](<https://a.example/a_(b)>)',
    '2. [https://b.example/](<https://b.example/>)\n',
  ].join('\n');
  const markdown = await textIn(exportMarkdown(session, pages()));
  expect(markdown).toMatch(/\n\nOnce upon\n\nSources:/);
  expect(markdown.endsWith(list)).toBe(true);
  const withReasoning = await textIn(exportMarkdown(session, pages(), { reasoning: true }));
  expect(withReasoning.endsWith(`> hm\n\nOnce upon\n\n${list}`)).toBe(true);
  const { messages } = JSON.parse(await textIn(exportJson(session, pages()))) as {
    messages: { parts?: unknown }[];
  };
  expect(messages[1]?.parts).toEqual([
    { kind: 'reasoning', text: 'hm' },
    { kind: 'text', text: 'Once ' },
    part(`${A}a_(b)`, 'A [b](javascript:x) <i>'),
    { kind: 'text', text: 'upon' },
    part(B),
  ]);
});
