import { expect, test } from 'vitest';
import type { Problem } from '@/lib/client/net/problem';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { endNote, omittedSentence } from './reply-end';
import { texts } from '@/lib/texts/en/texts';

const said = (
  state: Parameters<typeof endNote>[0]['state'],
  empty = false,
  problem: Problem | null = null,
) => {
  const note = endNote({ state, problem }, empty);
  return note && failureSentence(texts, note.problem);
};

test('a complete reply has no note, unless it is empty', () => {
  expect([said('complete'), said('running'), said('complete', true)]).toEqual([
    null,
    null,
    'The reply is empty. Try again.',
  ]);
});

test('one that did not says why: in the words of the server, or by its state', () => {
  const cut = { kind: 'cut-short', reason: 'limit', code: 200, ref: null, retryAt: null };
  expect(said('interrupted', false, cut)).toBe(
    'The reply reached the length limit of this server. The text so far is kept.',
  );
  expect(said('interrupted')).toMatch(/cut off. The text so far is kept/);
  expect(said('lost', true)).toMatch(/before it began/);
  expect([said('stopped'), said('stopped', true)]).toEqual([
    'Stopped',
    'Stopped before the reply began',
  ]);
});

test('messages left out of the prompt are counted', () => {
  expect([null, 0, 1, 12].map((omitted) => omittedSentence(texts, omitted))).toEqual([
    null,
    null,
    '1 earlier message did not fit and was not sent to the model',
    '12 earlier messages did not fit and were not sent to the model',
  ]);
});
