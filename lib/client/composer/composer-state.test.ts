import { expect, test } from 'vitest';
import { composerState } from './composer-state';
import { texts } from '@/lib/texts/en/texts';

const NOW = 1_800_000_000_000;
const state = (change: Partial<Parameters<typeof composerState>[1]> = {}) =>
  composerState(texts, {
    text: 'Hi',
    messageMax: 4000,
    busy: false,
    rate: null,
    budget: null,
    retryAt: null,
    now: NOW,
    ...change,
  });

test('text can be sent, whitespace cannot', () => {
  expect(state().canSend).toBe(true);
  expect(state({ text: ' \n ' }).canSend).toBe(false);
});

test('nothing is sent while a turn runs', () => {
  expect(state({ busy: true }).canSend).toBe(false);
});

test('a send while a reply runs says what to do', () => {
  expect(state({ busy: true, triedToSend: true })).toMatchObject({
    hint: 'Wait for the reply, or stop it.',
    urgent: true,
  });
  expect(state({ busy: false, triedToSend: true }).urgent).toBe(false);
});

test('the keys are explained while somebody types who has not sent often', () => {
  expect(state().hint).toContain('Enter to send');
  expect(state({ text: '' }).hint).toBe('');
  expect(state({ knowsKeys: true }).hint).toBe('');
});

test('the counter appears only near the limit', () => {
  expect(state({ text: 'a'.repeat(3599) }).counter).toBeNull();
  expect(state({ text: 'a'.repeat(3600) }).counter).toBe('3,600 / 4,000');
});

test('a message over the limit cannot be sent, and the hint tells by how much', () => {
  expect(state({ text: 'a'.repeat(4000) }).canSend).toBe(true);
  expect(state({ text: 'a'.repeat(4012) })).toMatchObject({
    canSend: false,
    tooLong: true,
    hint: '12 characters over the limit. Shorten the message.',
  });
});

test('the maximum length is the one that the operator configured', () => {
  const text = 'a'.repeat(30_000);
  expect(state({ text, messageMax: 100_000 })).toMatchObject({ canSend: true, counter: null });
  expect(state({ text, messageMax: 20_000 }).hint).toBe(
    '10,000 characters over the limit. Shorten the message.',
  );
});

test('characters are counted in code points', () => {
  expect(state({ text: '🌊'.repeat(4000) })).toMatchObject({ canSend: true, tooLong: false });
  expect(state({ text: `  ${'a'.repeat(4000)}  ` }).canSend).toBe(true);
});

test('a rate-limited user sees the wait, and can send afterwards', () => {
  expect(state({ retryAt: NOW + 40_000 })).toMatchObject({
    canSend: false,
    hint: 'Try again in 40 s',
    urgent: true,
  });
  expect(state({ retryAt: NOW }).canSend).toBe(true);
});

test('a low number of messages left is shown', () => {
  expect(state({ rate: { remaining: 2, resetAt: NOW + 9000 } }).hint).toContain('2 messages left');
  expect(state({ rate: { remaining: 9, resetAt: NOW + 9000 } }).urgent).toBe(false);
});

test('the hint tells what is left of a budget, once most of it is used', () => {
  const own = { isShared: false, currency: 'USD' };
  const money = { ...own, unit: 'money', window: 'month', limit: 20_000_000 } as const;
  const hint = (used: number) => state({ budget: { ...money, used } }).hint;
  expect(hint(16_600_000)).toBe('83% of your budget for this month is used: $3.40 left.');
  expect(hint(19_999_000)).toBe('99% of your budget for this month is used: $0.0010 left.');
  expect(hint(20_000_001)).toMatch(
    /^Your budget for this month is used up. It is renewed on the first/,
  );
  const tokens = { ...money, unit: 'tokens', window: 'day', limit: 1000, used: 800 } as const;
  const { hint: left, canSend } = state({ budget: tokens });
  expect(left).toBe('80% of your budget for today is used: 200 tokens left.');
  expect(canSend).toBe(true);
  expect(state({ budget: { ...tokens, isShared: true } }).hint).toMatch(
    /^80% of the server’s budget for today is used/,
  );
});
