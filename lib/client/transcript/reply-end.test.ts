import { expect, test } from 'vitest';
import type { Problem } from '@/lib/client/net/problem';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { endNote, omittedSentence } from './reply-end';

const said = (
  state: Parameters<typeof endNote>[0]['state'],
  empty = false,
  problem: Problem | null = null,
) => {
  const note = endNote({ state, problem }, empty);
  return note && failureSentence(note.problem);
};

test('a complete reply has no note, unless it is empty', () => {
  expect([said('complete'), said('running'), said('complete', true)]).toEqual([
    null,
    null,
    'The reply is empty.',
  ]);
});

test('one that did not says why: in the words of the server, or by its state', () => {
  const cut = { kind: 'cut-short', reason: 'limit', code: 200, ref: null, retryAt: null };
  expect(said('interrupted', false, cut)).toBe(
    'The reply reached the length limit of this server. What arrived is kept.',
  );
  expect(said('interrupted')).toMatch(/cut off. What arrived is kept/);
  expect(said('lost', true)).toMatch(/before it began/);
  expect([said('stopped'), said('stopped', true)]).toEqual([
    'Stopped',
    'Stopped before the reply began',
  ]);
});

test('messages left out of the prompt are counted', () => {
  expect([null, 0, 1, 12].map(omittedSentence)).toEqual([
    null,
    null,
    '1 earlier message was left out of what the model read',
    '12 earlier messages were left out of what the model read',
  ]);
});
