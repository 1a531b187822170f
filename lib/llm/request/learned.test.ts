import { expect, test } from 'vitest';
import { changed, learnedTakes } from './learned';
import { bodyFor, TAKES_AT_FIRST } from './takes';

function learning() {
  let now = 0;
  const learned = learnedTakes(() => now);
  return { ...learned, pass: (ms: number) => (now += ms) };
}
const usageOf = ({ wayFor }: ReturnType<typeof learning>, model = 'm', requestId = 'r') =>
  wayFor(model, requestId).takes.usage;

test('what a model refuses is remembered after a success, for that model alone', () => {
  const learned = learning();
  const way = changed(learned.wayFor('m', 'r'), { change: { system: false }, sure: true });
  expect(learned.wayFor('m', 'r').takes).toEqual(TAKES_AT_FIRST);
  learned.answered('m', 'r', way);
  learned.pass(1e12);
  expect(learned.wayFor('m', 's').takes).toEqual({ ...TAKES_AT_FIRST, system: false });
  expect(learned.wayFor('other', 's').takes).toEqual(TAKES_AT_FIRST);
});

test('an unstated refusal is remembered after the second time in a row, for an hour', () => {
  const learned = learning();
  const answeredWithout = () => {
    const way = changed(learned.wayFor('m', 'r'), { change: { usage: false }, sure: false });
    learned.answered('m', 'r', way);
  };
  answeredWithout();
  expect(usageOf(learned)).toBe(true);
  learned.answered('m', 'r', learned.wayFor('m', 'r'));
  answeredWithout();
  expect(usageOf(learned)).toBe(true);
  answeredWithout();
  expect(usageOf(learned)).toBe(false);
  learned.answered('m', 'r', learned.wayFor('m', 'r'));
  learned.pass(3_599_999);
  expect(usageOf(learned)).toBe(false);
  learned.pass(1);
  expect(usageOf(learned)).toBe(true);
});

test('only the request that failed without a reason is retried without stream_options', () => {
  const learned = learning();
  learned.failed('m', 'r');
  expect(usageOf(learned)).toBe(false);
  expect(usageOf(learned, 'm', 'other')).toBe(true);
  expect(usageOf(learned, 'n')).toBe(true);
});

test('a request that failed twice without a word is asked for as a whole, and so is the model after two of them', () => {
  const learned = learning();
  const failTwice = (requestId: string) => {
    learned.failed('m', requestId);
    learned.failed('m', requestId);
    return learned.wayFor('m', requestId);
  };
  const whole = { ...TAKES_AT_FIRST, usage: false, stream: false };
  expect(failTwice('r').takes).toEqual(whole);
  learned.answered('m', 'r', failTwice('r'));
  expect(learned.wayFor('m', 's').takes).toEqual(TAKES_AT_FIRST);
  learned.answered('m', 's', failTwice('s'));
  expect(learned.wayFor('m', 't').takes).toEqual(whole);
  learned.pass(3_600_000);
  expect(learned.wayFor('m', 't').takes).toEqual(TAKES_AT_FIRST);
});

test('each of two interleaved requests that fail is asked for as a whole after its second failure', () => {
  const learned = learning();
  const takes = (requestId: string) => learned.wayFor('m', requestId).takes;
  for (const requestId of ['r', 's', 'r', 's']) learned.failed('m', requestId);
  expect([takes('r').stream, takes('s').stream, takes('t').stream]).toEqual([false, false, true]);
  learned.answered('m', 't', learned.wayFor('m', 't'));
  learned.answered('m', 'r', learned.wayFor('m', 'r'));
  expect([takes('r').stream, takes('s').stream]).toEqual([true, false]);
});

test('no more than a hundred failed requests of a model are remembered', () => {
  const learned = learning();
  for (let n = 0; n <= 100; n += 1) learned.failed('m', String(n));
  expect(usageOf(learned, 'm', '0')).toBe(true);
  expect(usageOf(learned, 'm', '1')).toBe(false);
});

test('no more than a thousand models are remembered', () => {
  const learned = learning();
  for (let n = 0; n <= 1000; n += 1) learned.failed(`m${String(n)}`, 'r');
  expect(usageOf(learned, 'm0')).toBe(true);
  expect(usageOf(learned, 'm1')).toBe(false);
});

const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'one' },
  { role: 'assistant', content: 'two' },
  { role: 'user', content: 'three' },
] as const;

test('that a model begins within a thought is remembered until it does not, and by model', () => {
  const learned = learnedTakes(() => 0);
  expect(learned.beginsInThought('m')).toBe(false);
  learned.began('m', true);
  learned.answered('m', 'r', learned.wayFor('m', 'r'));
  expect([learned.beginsInThought('m'), learned.beginsInThought('n')]).toEqual([true, false]);
  learned.began('m', false);
  expect(learned.beginsInThought('m')).toBe(false);
});

test('a model that takes everything is asked with everything', () => {
  expect(bodyFor(TAKES_AT_FIRST, { model: 'm', messages, maxTokens: 5 })).toEqual({
    model: 'm',
    messages,
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 5,
  });
});

test('without a system role the instructions are in the first user message', () => {
  const takes = { ...TAKES_AT_FIRST, system: false, usage: false, limit: null };
  expect(bodyFor(takes, { model: 'm', messages, maxTokens: 5 })).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Be brief.\n\none' }, ...messages.slice(2)],
    stream: true,
  });
  const [system, , reply] = messages;
  expect(bodyFor(takes, { model: 'm', messages: [system, reply] }).messages).toEqual([
    { role: 'user', content: 'Be brief.' },
    reply,
  ]);
});

test('a request without streaming has no stream_options', () => {
  expect(bodyFor({ ...TAKES_AT_FIRST, stream: false }, { model: 'm', messages })).toEqual({
    model: 'm',
    messages,
    stream: false,
  });
});
