import { expect, test } from 'vitest';
import { leftBehind, withOlderFailures, type FailedItem } from './older-failures';
import type { TranscriptItem } from './transcript-items';
import { newTurn } from '@/lib/client/turns/turn-registry';

const problem = { kind: 'internal', code: 500, ref: null, retryAt: null };
const failed = (key: string): FailedItem => ({
  kind: 'failed',
  key,
  requestId: key,
  turn: null,
  text: key,
  problem,
});
const user: TranscriptItem = { kind: 'user', key: 'user', text: 'Hi', stored: null };
const reply = (state: 'complete' | 'running', userText: string | null): TranscriptItem => ({
  kind: 'reply',
  key: 'reply',
  text: null,
  reasoning: null,
  sources: null,
  stored: null,
  thoughtMs: null,
  state,
  turn: { ...newTurn('r', 's'), userText },
  problem: null,
  userText: null,
  question: null,
  continues: null,
  omitted: null,
});

test('one failure stays as it is; of several, all but the last are grouped', () => {
  const [a, b, c] = [failed('a'), failed('b'), failed('c')];
  expect(withOlderFailures([user, a])).toEqual([user, a]);
  const shown = withOlderFailures([user, a, b, user, c]);
  expect(shown.map(({ kind }) => kind)).toEqual(['user', 'older-failures', 'user', 'failed']);
  expect(shown[1]).toMatchObject({ items: [a, b] });
});

test('failures are left behind by a later message from this tab that got its reply, and by no other', () => {
  const [a, b] = [failed('a'), failed('b')];
  expect(leftBehind([a, user, reply('complete', 'Hi'), b])).toEqual([a]);
  expect(leftBehind([a, user, reply('running', 'Hi')])).toEqual([]);
  expect(leftBehind([a, user, reply('complete', null)])).toEqual([]);
  const unanswered = { ...a, problem: { ...problem, code: 0 } };
  expect(leftBehind([unanswered, user, reply('complete', 'Hi')])).toEqual([]);
  expect(leftBehind([])).toEqual([]);
});
