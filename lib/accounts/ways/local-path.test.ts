import { expect, test } from 'vitest';
import { localPath } from './local-path';

test.each([
  ['/', '/'],
  ['/s/one?q=1#m2', '/s/one?q=1#m2'],
  ['/a/../b', '/b'],
  [null, '/'],
  ['', '/'],
  ['s/one', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['\\\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/x/..//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/api/auth/oidc', '/'],
  ['/x/../API', '/'],
  ['/v1/models', '/'],
  ['/apis', '/apis'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
])('after signing in to open %j a browser goes to %s', (asked, path) => {
  expect(localPath(asked)).toBe(path);
});
