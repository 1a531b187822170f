import { expect, test } from 'vitest';
import type { PageMessage } from '@/lib/sessions/session-page';
import { transcriptItems } from './transcript-items';
import type { LocalTurn } from './turn-book';

const message = (turn: string, role: PageMessage['role']): PageMessage => ({
  id: `${turn}-${role}`,
  role,
  content: `${role} of ${turn}`,
  state: 'complete',
  turn,
});
const exchange = (turn: string) => [message(turn, 'user'), message(turn, 'assistant')];

const local = (requestId: string, change: Partial<LocalTurn> = {}): LocalTurn => ({
  id: requestId,
  sessionId: 's',
  requestId,
  words: `words of ${requestId}`,
  model: 'demo',
  retryOf: null,
  phase: 'writing',
  confirmed: true,
  stopping: false,
  end: null,
  problem: null,
  ...change,
});

const problem = { code: 503, message: 'No', ref: null, retryAt: null };
const end = (state: 'complete' | 'failed' | 'stopped') => ({
  state,
  replyId: null,
  usage: null,
  failure: null,
});

const items = (shown: Partial<Parameters<typeof transcriptItems>[0]>) =>
  transcriptItems({ messages: [], running: [], failed: [], turns: [], gone: new Set(), ...shown });
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

test('the words of a running turn are shown once, from the page or from this tab', () => {
  const messages = [message('b', 'user')];
  expect(keys({ messages, turns: [local('b')] })).toEqual(['b user', 'b reply']);
  expect(keys({ messages, turns: [local('b', { words: null })] })).toEqual(['b user', 'b reply']);
  expect(keys({ messages, running: ['b'] })).toEqual(['b user', 'b reply']);
});

test('a turn that failed stands beside the session with its words', () => {
  const turns = [local('b', { phase: 'ended', end: end('failed'), problem })];
  expect(items({ turns })).toMatchObject([{ kind: 'failed', text: 'words of b', problem }]);
});

test('a turn that the server never confirmed has failed too', () => {
  const turns = [local('b', { phase: 'ended', confirmed: false, problem })];
  expect(items({ turns })[0]?.kind).toBe('failed');
});

test('a turn whose connection is lost keeps the text that came', () => {
  const turns = [local('b', { phase: 'ended', problem })];
  expect(items({ turns })[1]).toMatchObject({ kind: 'reply', state: 'lost', problem });
});

test('a failed turn that the page brings is shown once and not after it was dismissed', () => {
  const failed = [{ requestId: 'b', text: 'words', code: 500, message: 'No' }];
  expect(keys({ failed })).toEqual(['b failed']);
  const turns = [local('b', { phase: 'ended', end: end('failed'), problem })];
  expect(keys({ failed, turns })).toEqual(['b failed']);
  expect(keys({ failed, gone: new Set(['b']) })).toEqual([]);
});

test('a stopped reply says so and knows what was asked', () => {
  const messages: PageMessage[] = [
    message('a', 'user'),
    { ...message('a', 'assistant'), state: 'stopped' },
  ];
  expect(items({ messages })[1]).toMatchObject({ state: 'stopped', words: 'user of a' });
});

test('appended messages, which no turn made, are shown by their own ids', () => {
  const messages = [{ ...message('x', 'user'), id: 'm1', turn: null }];
  expect(keys({ messages })).toEqual(['m1 user']);
});

test('only the last reply can be asked for again', () => {
  const cut = (turn: string): PageMessage[] => [
    message(turn, 'user'),
    { ...message(turn, 'assistant'), state: 'interrupted' },
  ];
  const replies = items({ messages: [...cut('a'), ...cut('b')] }).filter(
    ({ kind }) => kind === 'reply',
  );
  expect(replies).toMatchObject([{ words: null }, { words: 'user of b' }]);
});

test('replies that are written at once stand each after its own question', () => {
  const messages = [message('a', 'user'), message('b', 'user')];
  const inOrder = ['a user', 'a reply', 'b user', 'b reply'];
  expect(keys({ messages, running: ['a', 'b'] })).toEqual(inOrder);
  expect(keys({ messages, running: ['a'], turns: [local('b')] })).toEqual(inOrder);
  expect(keys({ messages: [...exchange('a'), message('b', 'user')], running: ['b'] })).toEqual(
    inOrder,
  );
});
