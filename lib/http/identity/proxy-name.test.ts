import { expect, test } from 'vitest';
import { readName } from './proxy-name';

/** As Node reads the bytes of a header. */
const sent = (text: string) => Buffer.from(text).toString('latin1');

test.each([
  ['ada', 'ada'],
  ['  ada@example.com ', 'ada@example.com'],
  ['Ada', 'Ada'],
  [sent('Zoë'), 'Zoë'],
  [sent('Zoe\u0308'), 'Zoë'],
  // Not UTF-8: the byte of ISO 8859-1.
  ['Zo\xEB', 'Zoë'],
  ['uid=ada,ou=people', 'uid=ada,ou=people'],
])('%j is the person %s', (value, name) => {
  expect(readName(value)).toBe(name);
});

test.each([
  ['nothing', ''],
  ['blanks', '  '],
  ['two headers, of which one may be the client’s', 'eve, ada'],
  ['a name that is too long', 'x'.repeat(200)],
])('%s names nobody', (_what, value) => {
  expect(readName(value)).toBeNull();
});
