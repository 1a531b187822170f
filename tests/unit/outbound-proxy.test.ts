import { expect, test } from 'vitest';
import { oldNodeWarning, useProxies } from '../../scripts/steps/env/outbound-proxy.mjs';

const used = (env: Record<string, string>) => ({ ...useProxies(env), env });

test.each([
  ['without a proxy', {}],
  ['with an empty one', { HTTPS_PROXY: ' ' }],
  ['where proxies are switched off', { HTTPS_PROXY: 'http://a:1', NODE_USE_ENV_PROXY: '0' }],
  ['where they are switched on', { HTTPS_PROXY: 'http://a:1', NODE_USE_ENV_PROXY: '1' }],
])('%s nothing is set', (_, env) => {
  const before = { ...env };
  expect(used(env)).toEqual({ names: [], env: before });
});

test.each([
  ['HTTPS_PROXY', 'http://proxy.test:3128', 'http://proxy.test:3128/'],
  ['https_proxy', 'proxy.test:3128', 'http://proxy.test:3128/'],
  ['HTTP_PROXY', ' http://user:pass@10.0.0.1:8080/ ', 'http://user:pass@10.0.0.1:8080/'],
  ['HTTP_PROXY', '"http://10.0.0.1:8080"', 'http://10.0.0.1:8080/'],
  ['http_proxy', '10.0.0.1:8080', 'http://10.0.0.1:8080/'],
])('%s=%s is used, but not for this machine', (name, value, address) => {
  expect(used({ [name]: value })).toEqual({
    names: [name, 'NO_PROXY', 'NODE_USE_ENV_PROXY'],
    env: { [name]: address, NO_PROXY: 'localhost,127.0.0.1,[::1]', NODE_USE_ENV_PROXY: '1' },
  });
});

test('what NO_PROXY names stays, in the letters in which it stands', () => {
  const { env } = used({ https_proxy: 'http://a:1', no_proxy: '.internal,10.0.0.2' });
  expect(env).toMatchObject({ no_proxy: '.internal,10.0.0.2,localhost,127.0.0.1,[::1]' });
  expect(env).not.toHaveProperty('NO_PROXY');
});

test.each(['socks5://user:secret@a:1', 'http://', 'ftp://a'])(
  '%s is not used, which is said without its value',
  (value) => {
    expect(used({ ALL: '', HTTPS_PROXY: value })).toEqual({
      names: [],
      ignored: 'HTTPS_PROXY is ignored: write it as http://proxy.example:3128.',
      env: { ALL: '', HTTPS_PROXY: value },
    });
  },
);

test.each([
  ['22.18.0', /^HTTPS_PROXY is ignored: Node 22\.18\.0 .* Use 22\.21 or newer\.$/],
  ['24.4.1', /Use 24\.5 or newer/],
  ['22.21.0', /^$/],
  ['24.21.0', /^$/],
  ['26.10.0', /^$/],
])('Node %s', (version, said) => {
  const env = { HTTPS_PROXY: 'http://a:1', NODE_USE_ENV_PROXY: '1' };
  expect(oldNodeWarning(version, env) ?? '').toMatch(said);
});
