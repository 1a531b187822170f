import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipOf } from '@/lib/sessions/import/testing';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment } from '../../programs/deployment';

const claude = (uuid: string, text = 'Hi') => ({
  uuid,
  name: `From ${uuid}`,
  chat_messages: [
    { uuid: 'q', sender: 'human', text },
    { uuid: 'a', sender: 'assistant', text: 'Hello' },
  ],
});

/** Everything out, and in again. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let api: ApiClient;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ api } = await deployment.start());
  });
  afterAll(() => deployment.remove());

  const send = async (body: Blob | string, query = '') => {
    const response = await api.fetch(`/api/sessions/import${query}`, { method: 'POST', body });
    const text = await response.text();
    return { status: response.status, text, type: response.headers.get('content-type') };
  };
  const lines = async (body: Blob | string, query = '') => {
    const { status, text } = await send(body, query);
    expect({ status, text }).toMatchObject({ status: 200 });
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const list = async () => (await api.call('GET', '/api/sessions')).body as { id: string }[];

  test('a zip is reported, imported, exported, and the same when it comes again', async () => {
    const zip = await zipOf({
      'any name': [claude('one'), claude('two'), { uuid: 'x', chat_messages: [] }],
    });
    expect(await lines(zip, '?dry_run=1')).toMatchObject([
      { total: 3, dry_run: true },
      { kind: 'new', title: 'From one', source: 'claude', messages: 2 },
      { kind: 'new' },
      { kind: 'skipped', reason: 'empty' },
      { done: { new: 2, newer: 0, same: 0, conflict: 0, skipped: 1 } },
    ]);
    expect(await list()).toEqual([]);
    expect((await lines(zip)).at(-1)).toMatchObject({ done: { new: 2 } });
    expect((await lines(zip)).at(-1)).toMatchObject({ done: { new: 0, same: 2 } });
    const [session] = await list();
    const id = session?.id ?? '';
    expect((await api.messages(id)).map(({ content }) => content)).toEqual(['Hi', 'Hello']);

    const all = await api.fetch('/api/export');
    expect(all.headers.get('content-disposition')).toMatch(
      /^attachment; filename="ask-next_.*json"$/,
    );
    const whole = await all.text();
    expect((await lines(whole)).at(-1)).toMatchObject({ done: { new: 0, same: 2 } });
    const one = await (await api.fetch(`/api/sessions/${id}/export?format=ask-next`)).text();
    expect(JSON.parse(one)).toMatchObject({ format: 'ask-next', version: 1, sessions: [{ id }] });
    await api.call('DELETE', '/api/sessions?everything=true');
    expect((await lines(whole)).at(-1)).toMatchObject({ done: { new: 2 } });
    const withoutTime = (file: string) => file.replace(/"exported_at":"[^"]+"/, '');
    const again = await (await api.fetch('/api/export')).text();
    expect(withoutTime(again)).toBe(withoutTime(whole));
    const markdown = await (await api.fetch('/api/export?format=md')).text();
    expect(markdown).toContain('# From one\n');
    expect(markdown).toContain('\n> Hello\n');
    expect((await api.fetch('/api/export?format=pdf')).status).toBe(400);
  });

  test('a file beyond the limit of other bodies is taken; one beyond its own is refused', async () => {
    const long = JSON.stringify([claude('long', 'x'.repeat(3_000_000))]);
    expect((await lines(long, '?dry_run=1')).at(-1)).toMatchObject({ done: { new: 1 } });
    const refused = await send('x'.repeat(33 * 1024 * 1024));
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 413,
      kind: 'too-large',
      reason: 'file',
      limit: 32,
    });
  });

  test('what cannot be read is refused with its reason, and nothing is stored', async () => {
    const before = await list();
    const whole = JSON.stringify([claude('three'), claude('four')]);
    const outside = await zipOf({ '../x.json': [claude('three')] });
    for (const [file, reason] of [
      [whole.slice(0, -4), 'cut-off'],
      [new Blob([whole.slice(0, -4), Uint8Array.of(0xff), '"}]}]']), 'not-utf8'],
      ['['.repeat(100_000), 'depth'],
      [outside, 'unsafe-name'],
      [outside.slice(0, 60), 'zip'],
      ['{"a":1}', 'unknown'],
    ] as const) {
      const { status, text } = await send(file);
      expect({ status, ...JSON.parse(text) }).toMatchObject({
        status: 422,
        kind: 'unreadable-file',
        reason,
      });
    }
    expect(await list()).toEqual(before);
  });
});
