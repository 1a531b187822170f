import { expect, test } from 'vitest';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';

/** Stands for any value of a sentence: a number, a text, or an object whose every field is one. */
const anything: object = new Proxy(Object('7') as object, {
  get(target, key) {
    const found: unknown = Reflect.get(target, key);
    if (typeof found === 'function') return found.bind(target) as unknown;
    if (key === 'currency') return 'USD';
    return typeof key === 'symbol' ? found : (found ?? 7);
  },
});

function sentencesIn(part: unknown, at: string): [string, unknown][] {
  if (typeof part === 'function')
    return [[at, (part as (...values: unknown[]) => unknown)(anything, anything, anything)]];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, each]) => sentencesIn(each, `${at}.${name}`));
}

test('every sentence with values in it is whole', () => {
  const sentences = sentencesIn({ ...texts, ...laterTexts }, 'texts');
  expect(sentences.length).toBeGreaterThan(80);
  const broken = sentences.filter(
    ([, sentence]) =>
      typeof sentence !== 'string' || !sentence || /undefined|\[object|NaN/.test(sentence),
  );
  expect(broken).toEqual([]);
});
