import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';

/** As on Vercel, where nothing starts that could refuse to: a model is set, and ACCESS is not. */
const configuration = {
  APP_SECRET: 'a secret that only these tests know',
  LOG_LEVEL: 'silent',
  VERCEL: '1',
  OPENAI_API_KEY: 'sk-1',
  API_KEYS: 'me:a-key-that-is-long-enough',
};
for (const [name, value] of Object.entries(configuration)) vi.stubEnv(name, value);
const { handleRequest } = await import('./middleware');

const ask = (path: string, headers: Record<string, string> = {}) =>
  handleRequest(new NextRequest(`http://localhost${path}`, { headers }));

test.each(['/api/sessions', '/api/none', '/health', '/health/ready', '/', '/s/1'])(
  'until ACCESS is chosen, %s answers with what to choose, to a program and with a key too',
  async (path) => {
    for (const headers of [{}, { Authorization: 'Bearer a-key-that-is-long-enough' }]) {
      const answer = await ask(path, headers);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, null]);
      const { error, ...rest } = (await answer.json()) as Record<string, unknown>;
      expect(rest).toMatchObject({ code: 503, kind: 'unavailable', reason: 'access' });
      for (const mode of ['accounts', 'proxy', 'open']) expect(error).toContain(`ACCESS=${mode}`);
    }
  },
);

test('a browser gets it as a page, and no cookie', async () => {
  const page = await ask('/', { Accept: 'text/html' });
  expect([page.status, page.headers.get('set-cookie')]).toEqual([503, null]);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('ACCESS=accounts');
});
