import { expect, test } from 'vitest';
import type { EndState } from '@/lib/chat/turn/events';
import type { PageMessage } from '@/lib/page/session-page';
import { transcriptItems } from './transcript-items';
import { newTurn, type LocalTurn } from '@/lib/client/turns/turn-registry';

const message = (turn: string, role: PageMessage['role']): PageMessage => ({
  id: `${turn}-${role}`,
  role,
  content: `${role} of ${turn}`,
  state: 'complete',
  turn,
});
const exchange = (turn: string) => [message(turn, 'user'), message(turn, 'assistant')];

const local = (requestId: string, change: Partial<LocalTurn> = {}): LocalTurn => ({
  ...newTurn(requestId, 's'),
  userText: `words of ${requestId}`,
  phase: 'writing',
  confirmed: true,
  ...change,
});

const INTERNAL = { kind: 'internal', code: 500 };
const problem = { kind: 'internal', code: 503, ref: null, retryAt: null };
const end = (state: EndState) => ({
  state,
  replyId: null,
  usage: null,
  failure: null,
});

const items = (shown: Partial<Parameters<typeof transcriptItems>[0]>) =>
  transcriptItems({
    messages: [],
    running: [],
    failed: [],
    turns: [],
    dismissed: new Set(),
    ...shown,
  });
const keys = (shown: Parameters<typeof items>[0]) => items(shown).map(({ key }) => key);

test('stored messages come first, then the turn that this tab follows', () => {
  expect(keys({ messages: exchange('a'), turns: [local('b')] })).toEqual([
    'a user',
    'a reply',
    'b user',
    'b reply',
  ]);
});

test('a reply keeps its key when the page brings it', () => {
  const before = keys({ messages: exchange('a'), turns: [local('b', { phase: 'ended' })] });
  const after = keys({ messages: [...exchange('a'), ...exchange('b')], turns: [local('b')] });
  expect(after).toEqual(before);
});

test("the user's text of a running turn is shown once, from the page or from this tab", () => {
  const messages = [message('b', 'user')];
  expect(keys({ messages, turns: [local('b')] })).toEqual(['b user', 'b reply']);
  expect(keys({ messages, turns: [local('b', { userText: null })] })).toEqual([
    'b user',
    'b reply',
  ]);
  expect(keys({ messages, running: ['b'] })).toEqual(['b user', 'b reply']);
});

test("a failed turn is shown with the user's text", () => {
  const turns = [local('b', { phase: 'ended', end: end('failed'), problem })];
  expect(items({ turns })).toMatchObject([{ kind: 'failed', text: 'words of b', problem }]);
});

test('a turn that the server never confirmed has failed too', () => {
  const turns = [local('b', { phase: 'ended', confirmed: false, problem })];
  expect(items({ turns })[0]?.kind).toBe('failed');
});

test('a turn with a lost connection keeps the text received', () => {
  const turns = [local('b', { phase: 'ended', problem })];
  expect(items({ turns })[1]).toMatchObject({ kind: 'reply', state: 'lost', problem });
});

test('a failed turn that the page brings is shown once and not after it was dismissed', () => {
  const failed = [{ requestId: 'b', text: 'words', failure: INTERNAL }];
  expect(keys({ failed })).toEqual(['b failed']);
  const turns = [local('b', { phase: 'ended', end: end('failed'), problem })];
  expect(keys({ failed, turns })).toEqual(['b failed']);
  expect(keys({ failed, dismissed: new Set(['b']) })).toEqual([]);
  // A page that was read before it failed says that it runs.
  expect(keys({ running: ['b'], dismissed: new Set(['b']) })).toEqual([]);
});

test("a watched turn that fails keeps the user's text, from the page before or after", () => {
  const turns = [local('b', { userText: null, phase: 'ended', end: end('failed'), problem })];
  const failed = [{ requestId: 'b', text: 'user of b', failure: INTERNAL }];
  for (const page of [{ messages: [message('b', 'user')], running: ['b'] }, { failed }]) {
    expect(items({ ...page, turns })).toMatchObject([
      { kind: 'failed', key: 'b failed', text: 'user of b', problem },
    ]);
  }
  // Without the text nothing can be edited, resent or dismissed.
  expect(items({ turns })).toMatchObject([
    { kind: 'reply', state: 'lost', problem, userText: null },
  ]);
});

test('the page decides about a message that seemed unsent', () => {
  const turns = [local('b', { phase: 'ended', confirmed: false, problem })];
  expect(keys({ messages: exchange('b'), turns })).toEqual(['b user', 'b reply']);
  const messages = [message('b', 'user')];
  expect(items({ messages, turns })).toMatchObject([
    { kind: 'user' },
    { kind: 'reply', state: 'interrupted', turn: null, userText: 'user of b' },
  ]);
  expect(items({ messages, running: ['b'], turns })[1]).toMatchObject({ state: 'running' });
  const failed = [{ requestId: 'b', text: 'words', failure: { ...INTERNAL, error: 'The cause' } }];
  expect(items({ failed, turns })).toMatchObject([
    { kind: 'failed', turn: null, problem: { error: 'The cause' } },
  ]);
});

test('a failed turn is not shown beside the one that sends its words again', () => {
  const failed = [{ requestId: 'a', text: 'words', failure: INTERNAL }];
  const unsent = local('b', { retryOf: 'a', phase: 'ended', confirmed: false, problem });
  expect(keys({ failed, turns: [unsent] })).toEqual(['b failed']);
  expect(keys({ failed, turns: [local('b', { retryOf: 'a' })] })).toEqual(['b user', 'b reply']);
});

test('a stopped reply has its state and its question', () => {
  const messages: PageMessage[] = [
    message('a', 'user'),
    { ...message('a', 'assistant'), state: 'stopped' },
  ];
  expect(items({ messages })[1]).toMatchObject({ state: 'stopped', userText: 'user of a' });
});

test('appended messages, which have no turn, are shown under their own ids', () => {
  const messages = [{ ...message('x', 'user'), id: 'm1', turn: null }];
  expect(keys({ messages })).toEqual(['m1 user']);
});

test('only the last reply can be regenerated', () => {
  const cut = (turn: string): PageMessage[] => [
    message(turn, 'user'),
    { ...message(turn, 'assistant'), state: 'interrupted' },
  ];
  const replies = items({ messages: [...cut('a'), ...cut('b')] }).filter(
    ({ kind }) => kind === 'reply',
  );
  expect(replies).toMatchObject([{ userText: null }, { userText: 'user of b' }]);
});

const cut = (writtenBy: string): PageMessage[] => [
  message('a', 'user'),
  { ...message('a', 'assistant'), state: 'interrupted', turn: writtenBy },
];
const goesOn = (from: string, change: Partial<LocalTurn> = {}) =>
  local('c', { userText: null, continues: { requestId: from, key: 'a reply' }, ...change });

test('a reply that was cut off can be continued from the turn that wrote it last', () => {
  expect(items({ messages: cut('b') })[1]).toMatchObject({ key: 'a reply', continues: 'b' });
  const stopped = local('a', { phase: 'ended', end: { ...end('stopped'), replyId: 'r' } });
  expect(items({ turns: [stopped] })[1]).toMatchObject({ state: 'stopped', continues: 'a' });
  const wordless = local('a', { phase: 'ended', end: end('stopped') });
  expect(items({ turns: [wordless] })[1]).toMatchObject({ continues: null });
});

test('a continued reply keeps its place: from the page, from this tab, and over several cuts', () => {
  const running = { kind: 'reply', key: 'a reply', state: 'running', userText: 'user of a' };
  expect(items({ messages: cut('a'), turns: [goesOn('a')] }).slice(1)).toMatchObject([running]);
  const first = local('a', { phase: 'ended', end: { ...end('stopped'), replyId: 'r' } });
  const second = goesOn('a', { requestId: 'b', phase: 'ended', end: end('stopped') });
  for (const messages of [[], cut('a'), cut('b')]) {
    const shown = items({ messages, turns: [first, second, goesOn('b')] });
    expect(shown.map(({ key }) => key)).toEqual(['a user', 'a reply']);
    expect(shown[1]).toMatchObject({ state: 'running', turn: { requestId: 'c' } });
  }
});

test('the page wins when it was read after the turn, or another tab continued the reply', () => {
  const ended = goesOn('a', { phase: 'ended', end: { ...end('complete'), replyId: 'r' } });
  for (const writtenBy of ['c', 'd']) {
    const shown = items({ messages: cut(writtenBy), turns: [local('a'), ended] });
    expect(shown[1]).toMatchObject({ text: 'assistant of a', turn: null, continues: writtenBy });
    expect(shown).toHaveLength(2);
  }
});

test('a reply that another tab continues is shown once, as running, with its text or that of the turn', () => {
  const shown = { messages: cut('c'), running: ['c'] };
  expect(items(shown)).toHaveLength(2);
  expect(items(shown)[1]).toMatchObject({ state: 'running', text: 'assistant of a' });
  const watched = items({ ...shown, turns: [local('a'), local('c', { userText: null })] });
  expect(watched).toHaveLength(2);
  expect(watched[1]).toMatchObject({ key: 'a reply', text: null, turn: { requestId: 'c' } });
});

test('a refused continuation leaves the reply with the reason and a retry', () => {
  const refused = goesOn('a', { phase: 'ended', confirmed: false, problem });
  expect(items({ messages: cut('a'), turns: [refused] }).slice(1)).toMatchObject([
    { kind: 'reply', state: 'interrupted', problem, continues: 'a', userText: 'user of a' },
  ]);
});

test('concurrent replies each follow their own question', () => {
  const messages = [message('a', 'user'), message('b', 'user')];
  const inOrder = ['a user', 'a reply', 'b user', 'b reply'];
  expect(keys({ messages, running: ['a', 'b'] })).toEqual(inOrder);
  expect(keys({ messages, running: ['a'], turns: [local('b')] })).toEqual(inOrder);
  expect(keys({ messages: [...exchange('a'), message('b', 'user')], running: ['b'] })).toEqual(
    inOrder,
  );
});

test('the reason of a failed continuation stays on the stored reply, in the tab that asked', () => {
  const failed = goesOn('a', { requestId: 'c', phase: 'ended', end: end('interrupted'), problem });
  expect(items({ messages: cut('c'), turns: [failed] })[1]).toMatchObject({
    state: 'interrupted',
    problem,
    continues: 'c',
  });
  expect(items({ messages: cut('c') })[1]).toMatchObject({ state: 'interrupted', problem: null });
});

test('a last question without a reply can be asked again, an appended one cannot', () => {
  const alone = {
    kind: 'reply',
    key: 'b reply',
    state: 'interrupted',
    text: '',
    userText: 'user of b',
  };
  const messages = [...exchange('a'), message('b', 'user')];
  expect(items({ messages }).at(-1)).toMatchObject(alone);
  expect(items({ messages: [...messages, ...exchange('c')] })).toHaveLength(5);
  const appended = { ...message('b', 'user'), turn: null };
  expect(items({ messages: [...exchange('a'), appended] }).at(-1)?.kind).toBe('user');
});

test('the number of omitted messages comes from the tab that asked and from the page', () => {
  const ended = { phase: 'ended', end: { ...end('complete'), omitted: 4 } } as const;
  const reply = (shown: Parameters<typeof items>[0]) =>
    items(shown).find(({ kind }) => kind === 'reply');
  expect(reply({ turns: [local('a', ended)] })).toMatchObject({ omitted: 4 });
  expect(reply({ messages: exchange('a'), turns: [local('a', ended)] })).toMatchObject({
    omitted: 4,
  });
  const [question, answered] = exchange('a');
  expect(reply({ messages: [question!, { ...answered!, omitted: 3 }] })).toMatchObject({
    omitted: 3,
  });
  expect(reply({ messages: exchange('a') })).toMatchObject({ omitted: null });
});

test('another reply to a message stands in the place of its reply, from this tab or from the page', () => {
  const [question] = exchange('a');
  const place = { after: 'a-user', regenerates: 'a-assistant' };
  const again = local('b', { userText: null, place });
  const messages = question ? [question] : [];
  const here = items({ messages, running: ['b'], turns: [local('a', { phase: 'ended' }), again] });
  expect(here.map(({ key }) => key)).toEqual(['a user', 'a reply']);
  expect(here[1]).toMatchObject({ state: 'running', turn: again, question: 'a-user' });
  const found = local('b', { userText: null });
  for (const turns of [[], [found]])
    expect(keys({ messages, running: ['b'], turns })).toEqual(['a user', 'a reply']);
  const stored = { ...message('b', 'assistant'), omitted: 3 };
  const told = local('a', { phase: 'ended', end: { ...end('complete'), omitted: 7 } });
  const [, reply] = items({ messages: [...messages, stored], turns: [told] });
  expect(reply).toMatchObject({ key: 'a reply', text: 'assistant of b', omitted: 3 });
});
