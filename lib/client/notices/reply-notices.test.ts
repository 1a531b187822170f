import { expect, test } from 'vitest';
import { type LocalTurn, newTurn } from '@/lib/client/turns/turn-registry';
import { listeners } from '@/lib/listeners';
import { watchReplies } from './reply-notices';

/** A registry of one turn, whose changes are told at once. */
function watched(isHidden = true) {
  const { notify, add } = listeners();
  const told: string[] = [];
  let turn: LocalTurn = newTurn('t', 's');
  const registry = { all: () => [turn], text: () => 'The reply', subscribe: add };
  watchReplies(registry, {
    isHidden: () => isHidden,
    mark: () => told.push('mark'),
    notify: (ended, text) => told.push(`${ended.sessionId}: ${text}`),
  });
  const change = (to: Partial<LocalTurn>) => {
    turn = { ...turn, ...to };
    notify();
  };
  return { change, told };
}

test('a reply that ends while the page is hidden gives one notice', () => {
  const { change, told } = watched();
  change({ phase: 'writing' });
  expect(told).toEqual([]);
  change({ phase: 'ended' });
  change({ confirmed: true });
  expect(told).toEqual(['mark', 's: The reply']);
});

test('a visible page gives no notice, nor does a turn that was stopped or had ended before', () => {
  const seen = watched(false);
  seen.change({ phase: 'writing' });
  seen.change({ phase: 'ended' });
  const stopped = watched();
  stopped.change({ phase: 'writing' });
  stopped.change({ phase: 'ended', end: { state: 'stopped' } as LocalTurn['end'] });
  const before = watched();
  before.change({ phase: 'ended' });
  expect([seen.told, stopped.told, before.told]).toEqual([[], [], []]);
});
