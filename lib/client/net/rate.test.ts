import { expect, test } from 'vitest';
import { rateText, readRate, readRetryAt, waitText } from './rate';
import { texts } from '@/lib/texts/en/texts';

const NOW = 1_800_000_000_000;

test('the rate limit is read from the response headers', () => {
  const headers = new Headers({ RateLimit: '"minute";r=2;t=30' });
  expect(readRate(headers, NOW)).toEqual({ remaining: 2, resetAt: NOW + 30_000 });
});

test('a response without a rate limit gives none', () => {
  expect(readRate(new Headers(), NOW)).toBeNull();
  expect(readRate(new Headers({ RateLimit: '"minute";r=many' }), NOW)).toBeNull();
});

test('nothing is shown while plenty of messages are left', () => {
  expect(rateText(texts, { remaining: 4, resetAt: NOW + 1000 }, NOW)).toBeNull();
  expect(rateText(texts, null, NOW)).toBeNull();
});

test('few remaining messages are shown as a sentence', () => {
  const left = (remaining: number) => rateText(texts, { remaining, resetAt: NOW + 60_000 }, NOW);
  expect(left(3)).toBe('3 messages left this minute');
  expect(left(1)).toBe('1 message left this minute');
  expect(left(0)).toBe('No messages left this minute');
});

test('a longer window is described by its duration', () => {
  expect(rateText(texts, { remaining: 2, resetAt: NOW + 1_800_000 }, NOW)).toBe(
    '2 messages left for 30 min',
  );
});

test('an expired window is ignored', () => {
  expect(rateText(texts, { remaining: 0, resetAt: NOW }, NOW)).toBeNull();
});

test('Retry-After gives the retry time', () => {
  expect(readRetryAt(new Headers({ 'Retry-After': '40' }), NOW)).toBe(NOW + 40_000);
  expect(readRetryAt(new Headers({ 'Retry-After': 'soon' }), NOW)).toBeNull();
});

test('a wait is shown in the fitting unit', () => {
  expect([300, 40_000, 150_000, 7_200_000].map((ms) => waitText(texts, ms))).toEqual([
    '1 s',
    '40 s',
    '3 min',
    '2 h',
  ]);
});
