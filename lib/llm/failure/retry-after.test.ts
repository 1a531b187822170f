import { expect, test } from 'vitest';
import { retryAfter } from './retry-after';

test.each([
  ['1.2', 2],
  ['-5', 0],
  ['999999', 3600],
  ['Infinity', 3600],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After: %s is read as %s', (value, seconds) => {
  expect(retryAfter(new Headers({ 'retry-after': value }), {})).toBe(seconds);
});

test('retry-after-ms takes precedence', () => {
  const headers = new Headers({ 'retry-after': '2', 'retry-after-ms': '1500' });
  expect(retryAfter(headers, {})).toBe(1.5);
});

test('the retryDelay in Google’s error is read', () => {
  const details = [{ '@type': 'Help' }, { '@type': 'RetryInfo', retryDelay: '31s' }];
  expect(retryAfter(new Headers(), { details })).toBe(31);
  expect(retryAfter(undefined, { details: [{ retryDelay: 'soon' }, null] })).toBe(undefined);
  expect(retryAfter(undefined, { details: 'none' })).toBe(undefined);
});

test.each([
  ['Please try again in 20s. Visit', 20],
  ['Please try again in 1m20.5s.', 80.5],
  ['try again in 334ms', 0.334],
  ['Please retry after 12 seconds.', 12],
  ['Try again in 2 minutes', 120],
  ['Try again in 5 mins.', 300],
  ['Try again in 1 minute 30 sec', 90],
  ['Try again in 45 secs', 45],
  ['Try again in 20 milliseconds', 0.02],
  ['Try again in 1 millisecond.', 0.001],
  ['Please retry after 3 more attempts', undefined],
  ['retry after 2 sheets', undefined],
  ['Please try again in a moment', undefined],
])('"%s" is read as %d seconds', (message, seconds) => {
  expect(retryAfter(new Headers(), { message })).toBe(seconds);
});
