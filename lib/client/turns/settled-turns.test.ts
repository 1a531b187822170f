import { expect, test } from 'vitest';
import { settledTurns } from './settled-turns';
import { newTurn, type LocalTurn } from './turn-registry';

const KEPT = 20;

const turn = (id: string, change: Partial<LocalTurn> = {}): LocalTurn => ({
  ...newTurn(id, 's'),
  phase: 'ended',
  confirmed: true,
  end: { state: 'complete', replyId: `${id}-reply`, usage: null, failure: null },
  ...change,
});
const many = (count: number, change: Partial<LocalTurn> = {}) =>
  Array.from({ length: count }, (_, at) => turn(`t${String(at)}`, change));
const page = (ids: readonly string[], change: { running?: string[] } = {}) => ({
  id: 's',
  messages: ids.map((id) => ({
    id: `${id}-reply`,
    role: 'assistant' as const,
    content: 'Hello',
    state: 'complete' as const,
    turn: id,
  })),
  running: [],
  failed: [],
  ...change,
});
const ids = (turns: readonly LocalTurn[]) => turns.map(({ id }) => id);

test('of the turns that a page has, only the newest stay', () => {
  const turns = many(500);
  expect(settledTurns(turns, page(ids(turns)))).toEqual(ids(turns).slice(0, 500 - KEPT));
});

test('turns of other sessions are dropped too: their pages bring them', () => {
  expect(settledTurns(many(30, { sessionId: 'other' }), page([]))).toHaveLength(30 - KEPT);
});

test('a reply that the page has under its continuation can be dropped', () => {
  const turns = many(30, { end: { state: 'stopped', replyId: 'm', usage: null, failure: null } });
  const [message] = page(['last']).messages;
  const continued = { ...page([]), messages: [{ ...message!, id: 'm' }] };
  expect(settledTurns(turns, continued)).toHaveLength(30 - KEPT);
});

test('a turn that the page does not have stays: not read yet, running, or never arrived', () => {
  const turns = many(60);
  expect(settledTurns(turns, page([]))).toEqual([]);
  expect(settledTurns(turns, page(ids(turns), { running: ids(turns) }))).toEqual([]);
  expect(settledTurns(many(60, { confirmed: false, sessionId: 'other' }), page([]))).toEqual([]);
  expect(settledTurns(many(60, { phase: 'lost', sessionId: 'other' }), page([]))).toEqual([]);
});
