import { expect, test } from 'vitest';
import { endNote, omittedSentence } from './reply-end';

const said = (state: Parameters<typeof endNote>[0]['state'], empty = false, message?: string) => {
  const problem = message === undefined ? null : { code: 200, message, ref: null, retryAt: null };
  return endNote({ state, problem }, empty)?.problem.message ?? null;
};

test('a reply that ended by itself needs no word, unless it is empty', () => {
  expect([said('complete'), said('running'), said('complete', true)]).toEqual([
    null,
    null,
    'The reply is empty.',
  ]);
});

test('one that did not says why: in the words of the server, or by its state', () => {
  const longest = 'The reply reached the longest that is taken at once.';
  expect(said('interrupted', false, longest)).toBe(longest);
  expect(said('interrupted')).toMatch(/cut off. What arrived is kept/);
  expect(said('lost', true)).toMatch(/before it began/);
  expect([said('stopped'), said('stopped', true)]).toEqual([
    'Stopped',
    'Stopped before the reply began',
  ]);
});

test('what the model did not read is counted', () => {
  expect([null, 0, 1, 12].map(omittedSentence)).toEqual([
    null,
    null,
    '1 earlier message was left out of what the model read',
    '12 earlier messages were left out of what the model read',
  ]);
});
