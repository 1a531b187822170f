import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keyHolder, storedKeyHolder, visitor } from '@/lib/accounts/principal';
import { SCOPES } from '@/lib/accounts/scopes';
import { checkRoute, ROUTE_SCOPES } from '@/lib/http/keys/route-scopes';

/** The calls of a route file, as its wrapper knows them. */
function callsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const pattern = /route\(\s*'([^']+)'/.exec(source)?.[1] ?? file;
  const methods = source.matchAll(/^ {2,4}(?:async )?(GET|POST|PUT|PATCH|DELETE)(?=[(:])/gm);
  return [...methods].map(([, method = '']) => `${method} ${pattern}`);
}

const key = (scopes: readonly (typeof SCOPES)[number][]) =>
  storedKeyHolder({ id: '2f3a1c9e-0000-4000-8000-000000000000', owner: 'proxy:ada', scopes });

test('every call of every route has its scope in the table, and no other', () => {
  const calls = globSync('app/**/route.ts').flatMap(callsOf);
  expect(Object.keys(ROUTE_SCOPES).toSorted()).toEqual(calls.toSorted());
});

test('each call is open to a key with its scope alone, and closed to one with all others', () => {
  for (const [call, scope] of Object.entries(ROUTE_SCOPES)) {
    const [method = '', pattern = ''] = call.split(' ');
    if (!scope) continue;
    checkRoute(method, pattern, key([scope]));
    const others = SCOPES.filter((each) => each !== scope);
    expect(() => {
      checkRoute(method, pattern, key(others));
    }, call).toThrow('forbidden: scope');
  }
});

test('HEAD needs what GET needs, and a call that is not listed needs admin', () => {
  const may =
    (method: string, pattern: string, ...scopes: (typeof SCOPES)[number][]) =>
    () => {
      checkRoute(method, pattern, key(scopes));
    };
  expect(may('HEAD', '/api/export', 'chat')).toThrow('forbidden: scope');
  expect(may('HEAD', '/api/export', 'sessions:read')).not.toThrow();
  expect(may('GET', '/api/new', 'chat')).toThrow('forbidden: scope');
  expect(may('GET', 'constructor', 'chat')).toThrow('forbidden: scope');
});

test('visitors and keys of API_KEYS may do all but manage keys', () => {
  for (const principal of [visitor('v'), keyHolder('ci')]) {
    const may = Object.keys(ROUTE_SCOPES).filter((call) => {
      const [method = '', pattern = ''] = call.split(' ');
      try {
        checkRoute(method, pattern, principal);
        return true;
      } catch {
        return false;
      }
    });
    const others = Object.keys(ROUTE_SCOPES).filter((call) => !may.includes(call));
    expect(others).toEqual(['GET /api/keys', 'POST /api/keys', 'DELETE /api/keys/:id']);
  }
});
