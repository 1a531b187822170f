import { expect, test } from 'vitest';
import { newTurn, type LocalTurn } from '@/lib/client/turns/turn-registry';
import type { PageMessage } from '@/lib/page/session-page';
import { turnsOnBranch } from './turns-on-branch';

const message = (id: string, role: PageMessage['role'], turn: string): PageMessage => ({
  id,
  role,
  turn,
  content: id,
  state: 'complete',
});
const BRANCH = [
  message('one', 'user', 't1'),
  message('a', 'assistant', 't1'),
  message('two', 'user', 't2'),
  message('b', 'assistant', 't2'),
];
const turn = (id: string, more: Partial<LocalTurn> = {}): LocalTurn => ({
  ...newTurn(id, 's'),
  confirmed: true,
  confirmedAt: 10,
  phase: 'writing',
  ...more,
});
const EDIT = { after: 'a', regenerates: null };

const shown = (turns: LocalTurn[], readAt: number | null, running: string[] = []) => {
  const branch = turnsOnBranch({ messages: BRANCH, running, failed: [], turns, readAt });
  return [branch.messages.map(({ id }) => id), branch.turns.map(({ id }) => id)];
};
const ALL = BRANCH.map(({ id }) => id);

test('an edit shows its branch before the page has it', () => {
  expect(shown([turn('t3', { place: EDIT })], 5)).toEqual([['one', 'a'], ['t3']]);
  const root = { after: null, regenerates: null };
  expect(shown([turn('t3', { place: root })], null)).toEqual([[], ['t3']]);
  const again = { after: 'one', regenerates: 'a' };
  expect(shown([turn('t3', { place: again })], 5)).toEqual([['one'], ['t3']]);
});

test('a page that was read later decides which branch is shown', () => {
  const turns = [turn('t3', { place: EDIT }), turn('t4'), turn('t2', { phase: 'ended' })];
  expect(shown(turns, 11)).toEqual([ALL, ['t2']]);
  expect(shown(turns, 11, ['t4'])).toEqual([ALL, ['t4', 't2']]);
});

test('a turn that the server has not confirmed is shown', () => {
  const sent = turn('t3', { confirmed: false, confirmedAt: null, phase: 'sending' });
  expect(shown([sent], 11)).toEqual([ALL, ['t3']]);
});

test('an edit that failed shows what was shown before, with its words at the end', () => {
  const failed = turn('t3', { place: EDIT, phase: 'ended', confirmed: false, confirmedAt: null });
  expect(shown([failed], 11)).toEqual([ALL, ['t3']]);
});
