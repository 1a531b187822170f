import { expect, test } from 'vitest';
import { readFailure } from '@/lib/client/net/problem';
import type { Failure } from '@/lib/errors';
import { pageFailure } from '@/lib/public-failure';
import { apiSentence } from './api-errors';
import { allFailures } from './en/failures/all-failures';
import { failureSentence } from './failure-sentence';
import { withSentence } from './person-sentence';
import { translationOf } from './translations';
import { texts } from './en/texts';

const english = translationOf('en');
const VALUES = { limit: 4000, model: 'large', retryAfterSeconds: 3, window: '20/minute' };

/** Each kind, with each of its reasons. The translation has them all, by its type. */
const FAILURES = Object.entries(allFailures).flatMap(([kind, sentence]) =>
  typeof sentence === 'object'
    ? Object.keys(sentence).map((reason) => ({ kind, reason, ...VALUES }))
    : [{ kind, ...VALUES }],
) as unknown as Failure[];

const asJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

test('a failure has the same sentence when an answer tells it, when a page brings it and when a browser kept it', () => {
  expect(FAILURES.length).toBeGreaterThan(50);
  for (const failure of FAILURES) {
    const inPage = asJson(withSentence(english, pageFailure(failure)));
    const inAnswer = asJson({ ...pageFailure(failure), error: apiSentence(failure) });
    const sentence = failureSentence(texts, inPage);
    expect(sentence).toMatch(/^(\p{Lu}|“|\d).*[a-z.]$/u);
    expect(sentence).not.toMatch(/undefined|null|NaN/);
    expect(failureSentence(texts, readFailure(inAnswer, inPage.code))).toBe(sentence);
    const kept = asJson(readFailure(inAnswer, inPage.code));
    expect(failureSentence(texts, readFailure({ ...kept }, inPage.code))).toBe(sentence);
  }
});

test('a sentence names what it is about', () => {
  const said = (failure: Failure) =>
    failureSentence(texts, withSentence(english, pageFailure(failure)));
  expect(said({ kind: 'upstream', reason: 'key', model: 'large' })).toContain('“large”');
  expect(said({ kind: 'upstream', reason: 'key' })).toContain('the model');
  expect(said({ kind: 'over-quota', reason: 'OWNER_MAX_SESSIONS', limit: 10_000 })).toMatch(
    /10,000 chats.*Delete chats.*OWNER_MAX_SESSIONS/,
  );
});

test('a kind or a reason of a newer server is said in its words', () => {
  const error = 'The moon is in the way.';
  expect(failureSentence(texts, { kind: 'eclipse', error })).toBe(error);
  expect(failureSentence(texts, { kind: 'upstream', reason: 'eclipse', error })).toBe(error);
  expect(failureSentence(texts, { kind: 'eclipse' })).toBe(texts.failures.internal);
  for (const kind of ['constructor', 'toString', '__proto__'])
    expect(failureSentence(texts, { kind })).toBe(texts.failures.internal);
});

test('a row of an earlier version is read: by its own sentence, or as what it was', () => {
  const row = { kind: 'over-quota', message: 'You keep 20 sessions.' } as unknown as Failure;
  expect(failureSentence(texts, pageFailure(row))).toBe('You keep 20 sessions.');
  expect(apiSentence(row)).toBe('You keep 20 sessions.');
  const away = { kind: 'unavailable', retryAfterSeconds: 5 } as unknown as Failure;
  expect(failureSentence(texts, pageFailure(away))).toBe(texts.failures.unavailable.store);
  expect(apiSentence(away)).toBe('Service temporarily unavailable');
});

test('programs read the words of the original, to the letter', () => {
  const said = FAILURES.map((failure) => [failure.kind, apiSentence(failure)]);
  expect(said).toEqual(
    expect.arrayContaining([
      ['invalid', "Missing JSON body or 'message' field"],
      ['invalid', 'Invalid format; use json|md'],
      ['not-found', 'Session not found'],
      ['method-not-allowed', 'Method Not Allowed'],
      ['too-large', 'Message too large'],
      ['rate-limited', 'Too Many Requests'],
      ['unavailable', 'Service temporarily unavailable'],
      ['internal', 'Internal Server Error'],
    ]),
  );
});
