import { expect, test } from 'vitest';
import { translationOf } from '@/lib/texts/translations';
import { LANGUAGES, PSEUDO } from '@/lib/texts/languages';

/** Stands for any value of a sentence: a number, a text, or an object whose every field is one. */
const anything: object = new Proxy(Object('7') as object, {
  get(target, key) {
    const found: unknown = Reflect.get(target, key);
    if (typeof found === 'function') return found.bind(target) as unknown;
    if (key === 'currency') return 'USD';
    return typeof key === 'symbol' ? found : (found ?? 7);
  },
});

function sentencesIn(part: unknown, at = ''): [string, unknown][] {
  if (typeof part === 'function')
    return [[at, (part as (...values: unknown[]) => unknown)(anything, anything, anything)]];
  if (typeof part !== 'object' || part === null) return [[at, part]];
  return Object.entries(part).flatMap(([name, each]) => sentencesIn(each, `${at}.${name}`));
}

const saidIn = (language: Parameters<typeof translationOf>[0]) => {
  const { texts, laterTexts, serverTexts, allFailures } = translationOf(language);
  return sentencesIn({ texts, laterTexts, serverTexts, allFailures });
};

const ENGLISH = new Map(saidIn('en'));

test.each([...LANGUAGES, PSEUDO] as const)('every sentence of %s is whole', (language) => {
  const sentences = saidIn(language);
  expect(sentences.length).toBeGreaterThan(600);
  const broken = sentences.filter(
    ([, sentence]) =>
      typeof sentence !== 'string' || !sentence || /undefined|\[object|NaN/.test(sentence),
  );
  expect(broken).toEqual([]);
});

/** Names of variables, code between accents, and the numbers of a sentence: the same in each language. */
const factsOf = (sentence: unknown) =>
  String(sentence)
    .match(/\b[A-Z]{2,}(?:_[A-Z]+)+\b|`[^`]+`|\*\*|\d+/g)
    ?.toSorted() ?? [];

test.each(LANGUAGES)('%s says the same things as English, each with its values', (language) => {
  const sentences = saidIn(language);
  expect(sentences.map(([at]) => at).toSorted()).toEqual([...ENGLISH.keys()].toSorted());
  const other = sentences.filter(
    ([at, sentence]) => factsOf(sentence).join() !== factsOf(ENGLISH.get(at)).join(),
  );
  expect(other).toEqual([]);
});

test.each(LANGUAGES.filter((language) => language !== 'en'))(
  '%s has no sentence of English left in it',
  (language) => {
    const left = saidIn(language).filter(
      ([at, sentence]) =>
        sentence === ENGLISH.get(at) && /\p{L}+ \p{L}+ \p{L}+/u.test(String(sentence)),
    );
    expect(left).toEqual([]);
  },
);
