import { expect, test } from 'vitest';
import { feedMaxMs } from './feed-max';

const keyId = '2f3a1c9e-0000-4000-8000-000000000000';

test.each([
  ['a person', {}, null, null],
  ['a person, on a platform with a limit', {}, 285_000, 285_000],
  ['a stored key', { keyId }, null, 60_000],
  ['a stored key, on a platform with a limit', { keyId }, 285_000, 60_000],
  ['a stored key, on a platform with a short limit', { keyId }, 10_000, 10_000],
])('the feed of %s', (_whose, principal, streamMaxMs, most) => {
  expect(feedMaxMs(principal, streamMaxMs)).toBe(most);
});
