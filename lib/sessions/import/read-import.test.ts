import { expect, test } from 'vitest';
import { readAll, zipOf } from './testing';

const claude = (uuid: string, text = 'Hi') => ({
  uuid,
  chat_messages: [{ uuid: '1', sender: 'human', text }],
});
const session = (id: string, more: object = {}) => ({
  id,
  created_at: '2026-01-02T03:04:05.678Z',
  updated_at: '2026-01-02T03:04:05.678Z',
  last_activity: '2026-01-02T03:04:05.678Z',
  messages: [message('1', 1)],
  ...more,
});
const message = (id: string, seq: number, more: object = {}) => ({
  id,
  seq,
  role: 'user',
  content: 'Hi',
  created_at: '2026-01-02T03:04:05.678Z',
  ...more,
});
const ours = (...sessions: object[]) => ({ format: 'ask-next', version: 1, sessions });
const refused = (reason: string) => ({ failure: { kind: 'unreadable-file', reason } });

test('a zip is read by what its files hold; only a file that the manifest names may be missing', async () => {
  const zip = await zipOf({
    'x/export_manifest.json': {
      version: 1,
      logical_files: { 'conversations.json': { files: ['part-0.json', 'part-1.json'] } },
    },
    'x/user.json': { id: 'u', email: 'a@b.example' },
    'x/feedback.json': [{ id: 'f' }],
    'x/part-0.json': [claude('a'), { odd: true }, claude('b')],
    'x/photo.dat': Uint8Array.from({ length: 1000 }, (_, n) => n % 256),
    'x/empty.json': '',
    'x/inner': await (await zipOf({ 'a.json': [claude('c')] })).bytes(),
  });
  expect(await readAll(zip)).toMatchObject([
    { session: { id: 'a' } },
    { session: { id: 'b' } },
    { skipped: 'unknown' },
    { skipped: 'inner-zip', title: 'x/inner' },
    { skipped: 'missing-file', title: 'part-1.json' },
  ]);
});

test('what a person once attached is no reason to refuse a zip', async () => {
  const attached = {
    'a.dat': String.raw`{\rtf1\ansi Hello}`,
    'b.dat': Uint8Array.of(0x5b, 0xff, 0xfe, 0x20),
    'c.dat': '[broken off',
    'd.dat': `[${'['.repeat(20)}${']'.repeat(20)}]`,
  };
  const files = { ...attached, 'conversations.json': [claude('a')] };
  expect(await readAll(await zipOf(files), { depth: 15 })).toMatchObject([
    { session: { id: 'a' } },
    { skipped: 'unreadable', title: 'a.dat' },
    { skipped: 'unreadable', title: 'b.dat' },
    { skipped: 'unreadable', title: 'c.dat' },
    { skipped: 'unreadable', title: 'd.dat' },
  ]);
  await expect(readAll(await zipOf({ 'a.dat': '{oops' }))).rejects.toMatchObject(
    refused('not-json'),
  );
});

test('a file of conversations that breaks off is a reason to refuse its zip', async () => {
  const broken = JSON.stringify([claude('a'), claude('b')]).slice(0, -5);
  const good = [claude('c')];
  const late = await zipOf({ 'good.json': good, 'broken.json': broken });
  await expect(readAll(late)).rejects.toMatchObject(refused('cut-off'));
  const logical_files = { 'conversations.json': { files: ['1.json', '2.json'] } };
  const named = await zipOf({ '1.json': '[{', '2.json': good, 'x.json': { logical_files } });
  await expect(readAll(named)).rejects.toMatchObject(refused('cut-off'));
});

test('our own sessions are checked one by one', async () => {
  const reads = await readAll(
    ours(
      session('ok'),
      session('1', { messages: [message('a', 1), message('a', 2)] }),
      session('2', { messages: [message('a', 1, { parent: 'b' })] }),
      session('3', { messages: [message('a', 1, { parent: 'b' }), message('b', 2)] }),
      session('4', { head: 'gone' }),
      session('5', { messages: [message('a', 1, { role: 'system' })] }),
      session('6', { messages: [message('a', 1, { parts: [{ kind: 'text', text: 'other' }] })] }),
      session('7', { created_at: '0000-01-01T00:00:00Z' }),
    ),
  );
  expect(reads).toMatchObject([
    { session: { id: 'ok', head: null, memory_enabled: true, messages: [{ state: 'complete' }] } },
    { skipped: 'duplicate-message' },
    { skipped: 'missing-parent' },
    { skipped: 'cycle' },
    { skipped: 'missing-parent' },
    { skipped: 'invalid', id: '5' },
    { skipped: 'invalid' },
    { skipped: 'invalid' },
  ]);
});

test('our own file may have its keys in any order', async () => {
  const { format, version, sessions } = ours(session('a'), session('b'));
  for (const sorted of [
    { format, sessions, version },
    { sessions, version, format },
    { version, sessions, format },
  ])
    expect(await readAll(sorted)).toMatchObject([
      { session: { id: 'a', memory_enabled: true } },
      { session: { id: 'b' } },
    ]);
  expect(await readAll(`\uFEFF${JSON.stringify({ format, version, sessions })}`)).toHaveLength(2);
});

test.each([
  [
    'a list of sessions that says at its end that it is not ours',
    { sessions: [session('a')] },
    'unknown',
  ],
  [
    'one of a later version',
    { sessions: [session('a')], format: 'ask-next', version: 2 },
    'version',
  ],
  ['an unknown document', { hello: 1 }, 'unknown'],
  ['an unknown list', [1, 'a', { b: 1 }], 'unknown'],
  ['a text', '"text"', 'unknown'],
  ['a file of ours without sessions', ours(), 'unknown'],
  ['a file of a later version', { ...ours(session('a')), version: 2 }, 'version'],
  ['a truncated file', JSON.stringify(ours(session('a'))).slice(0, -20), 'cut-off'],
  ['Markdown', '# Session', 'not-json'],
  ['a truncated zip', new Blob(['PK\u0003\u0004 cut off']), 'zip'],
])('refuses %s', async (_, file, reason) => {
  await expect(readAll(file)).rejects.toMatchObject(refused(reason));
});

test('refuses a zip bomb, many files, and names that point outside', async () => {
  const bomb = await zipOf({ 'a.json': `["${' '.repeat(300_000)}"]` });
  expect(bomb.size).toBeLessThan(1000);
  await expect(readAll(bomb, { ratioFrom: 100_000 })).rejects.toMatchObject(refused('ratio'));
  await expect(readAll(bomb, { unpacked: 200_000 })).rejects.toMatchObject(refused('unpacked'));
  const many = await zipOf({ a: [claude('a')], b: [claude('b')], c: 'c' });
  await expect(readAll(many, { entries: 2 })).rejects.toMatchObject(refused('entries'));
  const outside = await zipOf({ '../conversations.json': [claude('a')] });
  await expect(readAll(outside)).rejects.toMatchObject(refused('unsafe-name'));
});

test('refuses a zip whose data was changed', async () => {
  const zip = await zipOf({ 'a.json': [claude('a', 'x'.repeat(2000)), claude('b')] });
  const bytes = await zip.bytes();
  bytes[60] = (bytes[60] ?? 0) ^ 0xff;
  await expect(readAll(new Blob([bytes]))).rejects.toMatchObject({
    failure: { kind: 'unreadable-file' },
  });
});
