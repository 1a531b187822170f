import { expect, test } from 'vitest';
import { nextAttempt, learnedCapabilities } from './learned-capabilities';
import { bodyFor, DEFAULT_CAPABILITIES } from './capabilities';

function learning() {
  let now = 0;
  const learned = learnedCapabilities(() => now);
  return { ...learned, pass: (ms: number) => (now += ms) };
}
const usageOf = (
  { attemptFor: wayFor }: ReturnType<typeof learning>,
  model = 'm',
  requestId = 'r',
) => wayFor(model, requestId).capabilities.usage;

test('what a model refuses is remembered after a success, for that model alone', () => {
  const learned = learning();
  const way = nextAttempt(learned.attemptFor('m', 'r'), { change: { system: false }, sure: true });
  expect(learned.attemptFor('m', 'r').capabilities).toEqual(DEFAULT_CAPABILITIES);
  learned.succeeded('m', 'r', way);
  learned.pass(1e12);
  expect(learned.attemptFor('m', 's').capabilities).toEqual({
    ...DEFAULT_CAPABILITIES,
    system: false,
  });
  expect(learned.attemptFor('other', 's').capabilities).toEqual(DEFAULT_CAPABILITIES);
});

test('an unstated refusal is remembered after the second time in a row, for an hour', () => {
  const learned = learning();
  const answeredWithout = () => {
    const way = nextAttempt(learned.attemptFor('m', 'r'), {
      change: { usage: false },
      sure: false,
    });
    learned.succeeded('m', 'r', way);
  };
  answeredWithout();
  expect(usageOf(learned)).toBe(true);
  learned.succeeded('m', 'r', learned.attemptFor('m', 'r'));
  answeredWithout();
  expect(usageOf(learned)).toBe(true);
  answeredWithout();
  expect(usageOf(learned)).toBe(false);
  learned.succeeded('m', 'r', learned.attemptFor('m', 'r'));
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
    return learned.attemptFor('m', requestId);
  };
  const whole = { ...DEFAULT_CAPABILITIES, usage: false, stream: false };
  expect(failTwice('r').capabilities).toEqual(whole);
  learned.succeeded('m', 'r', failTwice('r'));
  expect(learned.attemptFor('m', 's').capabilities).toEqual(DEFAULT_CAPABILITIES);
  learned.succeeded('m', 's', failTwice('s'));
  expect(learned.attemptFor('m', 't').capabilities).toEqual(whole);
  learned.pass(3_600_000);
  expect(learned.attemptFor('m', 't').capabilities).toEqual(DEFAULT_CAPABILITIES);
});

test('each of two interleaved requests that fail is asked for as a whole after its second failure', () => {
  const learned = learning();
  const takes = (requestId: string) => learned.attemptFor('m', requestId).capabilities;
  for (const requestId of ['r', 's', 'r', 's']) learned.failed('m', requestId);
  expect([takes('r').stream, takes('s').stream, takes('t').stream]).toEqual([false, false, true]);
  learned.succeeded('m', 't', learned.attemptFor('m', 't'));
  learned.succeeded('m', 'r', learned.attemptFor('m', 'r'));
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
  const learned = learnedCapabilities(() => 0);
  expect(learned.beginsInReasoning('m')).toBe(false);
  learned.began('m', true);
  learned.succeeded('m', 'r', learned.attemptFor('m', 'r'));
  expect([learned.beginsInReasoning('m'), learned.beginsInReasoning('n')]).toEqual([true, false]);
  learned.began('m', false);
  expect(learned.beginsInReasoning('m')).toBe(false);
});

test('a model that takes everything is asked with everything', () => {
  expect(bodyFor(DEFAULT_CAPABILITIES, { model: 'm', messages, maxTokens: 5 })).toEqual({
    model: 'm',
    messages,
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 5,
  });
});

test('without a system role the instructions are in the first user message', () => {
  const takes = { ...DEFAULT_CAPABILITIES, system: false, usage: false, limit: null };
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
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } } as const;
  const seeing = { role: 'user', content: '', parts: [image] } as const;
  expect(bodyFor(takes, { model: 'm', messages: [system, seeing] }).messages).toMatchObject([
    { parts: [{ type: 'text', text: 'Be brief.' }, image] },
  ]);
});

test('a request without streaming has no stream_options', () => {
  expect(bodyFor({ ...DEFAULT_CAPABILITIES, stream: false }, { model: 'm', messages })).toEqual({
    model: 'm',
    messages,
    stream: false,
  });
});
