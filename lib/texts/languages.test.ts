import { expect, test } from 'vitest';
import { chosenIn, directionOf, languageOf } from './languages';

test.each([
  [null, null, 'en'],
  [null, '', 'en'],
  [null, 'de', 'de'],
  [null, 'de-AT', 'de'],
  [null, 'DE-ch, en;q=0.5', 'de'],
  [null, 'en-GB,en;q=0.9,de;q=0.8', 'en'],
  [null, 'en;q=0.5, de;q=0.8', 'de'],
  [null, 'fr, de;q=0.3', 'de'],
  [null, 'fr-CA,fr;q=0.9', 'en'],
  [null, '*', 'en'],
  [null, 'en;q=0, *;q=0.5', 'de'],
  [null, 'en;q=0.1, *;q=0.9', 'de'],
  [null, 'de;q=0', 'en'],
  [null, 'de;q=2, en;q=0.1', 'en'],
  [null, 'de;q=x', 'en'],
  [null, 'den, deu', 'en'],
  [null, ';;,,=', 'en'],
  [null, 'ar-XB', 'en'],
  ['de', 'en', 'de'],
  ['en', 'de', 'en'],
  ['ar-XB', 'de', 'ar-XB'],
  ['fr', 'de', 'de'],
  ['constructor', 'de', 'de'],
])('chosen %j, asked for %j: %s', (chosen, accepted, language) => {
  expect(languageOf(chosen, accepted)).toBe(language);
});

test('the choice is read from cookies, and a page has the direction of its language', () => {
  expect(chosenIn('a=1; ask_language=de; b=2')).toBe('de');
  expect(chosenIn('my_ask_language=de')).toBeUndefined();
  expect([directionOf('de'), directionOf('ar-XB')]).toEqual(['ltr', 'rtl']);
});
