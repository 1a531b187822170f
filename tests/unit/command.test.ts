import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '@/cli/commands';
import { openStore } from '@/db/store';
import { commandLine } from '@/tests/setup/operator/command-line';

let folder: string;
let run: ReturnType<typeof commandLine>;
const file = () => path.join(folder, 'data', 'app.db');

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-command-'));
  run = commandLine({ DATABASE_URI: `sqlite://${file()}` }, folder);
  expect(await run('migrate')).toEqual({
    code: 0,
    out: 'The database (sqlite) is up to date.',
    said: '',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('--help lists every command, and each has one of its own', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  for (const name of Object.keys(COMMANDS)) {
    expect(out).toContain(`\n  ${name} `);
    const help = await run(name, '--help');
    expect(help).toMatchObject({ code: 0, said: '' });
    expect(help.out).toContain(`ask-next ${name}`);
  }
});

test('docs/operations.md has what --help prints of each command', async () => {
  const documented = readFileSync('docs/operations.md', 'utf8');
  for (const name of Object.keys(COMMANDS)) {
    const [forms = ''] = (await run(name, '--help')).out.split('\n\n');
    for (const form of forms.split('\n')) expect(documented).toContain(form);
  }
});

const MISUSES = [
  [['frobnicate'], 'There is no command "frobnicate"'],
  [['migrate', 'now'], '"now" is one word too many'],
  [['backup'], 'FILE is missing'],
  [['backup', 'x', '--force'], "Unknown option '--force'"],
  [['restore', 'x', '--replace=yes'], "Option '--replace' does not take an argument"],
  [['move'], '--to URI is missing'],
  [['move', '--to', 'mysql://x'], '--to must start with sqlite:///'],
  [['key', 'lost'], 'key: list, create, revoke'],
  [['key', 'toString', 'ada'], 'key: list, create, revoke'],
  [['key', 'list'], 'PERSON must be the name of an account'],
  [['key', 'create', 'proxy:ada', 'x', 'everything'], 'scopes: '],
  [['user'], 'user: list, invite'],
  [['user', 'constructor'], 'user: list, invite'],
  [['user', 'remove', 'Ada'], 'add --yes'],
  [['user', 'role', 'Ada', 'king'], 'ROLE must be member or operator'],
] as const;

test.each(MISUSES)('%j is not understood', async (line, sentence) => {
  const { code, out, said } = await run(...line);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(said).toContain(sentence);
  expect(said).toMatch(/--help/);
});

test('a person without an account has no keys to list', async () => {
  const said = 'There is no account with the name ada.';
  expect(await run('key', 'list', 'ada')).toEqual({ code: 1, out: '', said });
});

test('settings that are wrong are named, and not their values', async () => {
  const wrong = commandLine({ DATABASE_URI: 'mysql://me:hunter2@host' });
  const { code, said } = await wrong('migrate');
  expect(code).toBe(1);
  expect(said).toContain('DATABASE_URI must start with sqlite:///');
  expect(said).not.toContain('hunter2');
});

test('people are invited, promoted, signed out, disabled and removed', async () => {
  const invited = await run('user', 'invite', 'Ada from the office');
  expect(invited.said).toContain('It works once, until 20');
  expect(invited.out).toMatch(/^\/sign-up#[\w-]{43}$/);

  const store = await openStore({ dialect: 'sqlite', file: file() });
  const now = new Date();
  const add = (id: string, name: string, first: boolean) =>
    store.accounts.people.add({
      id,
      name,
      login: name.toLowerCase(),
      password: 'x',
      now,
      invitation: null,
      open: !first,
      mayBeFirst: first,
    });
  await add('1', 'Ada', true);
  await add('2', 'Eve', false);
  const signIn = { id: 's', personId: '2', tokenHash: 'hash', device: 'a browser', now };
  await store.accounts.signIns.add(signIn, 'x');

  expect((await run('user', 'list')).out.split('\n').map((line) => line.split('\t'))).toEqual([
    ['1', 'Ada', 'operator', `since ${now.toISOString()}`, 'seen never'],
    ['2', 'Eve', 'member', `since ${now.toISOString()}`, `seen ${now.toISOString()}`],
  ]);
  expect((await run('user', 'reset', 'EVE')).out).toMatch(/^\/reset#[\w-]{43}$/);
  expect((await run('user', 'role', 'Ada', 'member')).said).toContain('operator');
  expect(await run('user', 'role', 'eve', 'operator')).toMatchObject({ code: 0 });
  expect(await run('user', 'role', '1', 'member')).toMatchObject({ code: 0 });
  expect(await run('key', 'create', 'user:2', 'ci', 'chat')).toMatchObject({ code: 0 });
  expect(await run('user', 'sign-out', 'Eve')).toMatchObject({ code: 0 });
  expect(await store.accounts.signIns.signedIn('hash', now)).toBeNull();
  expect((await run('key', 'list', 'user:2')).out).toBe('');
  await store.accounts.signIns.add(signIn, 'x');
  expect(await run('user', 'disable', 'Eve')).toMatchObject({ code: 1, out: '' });
  expect(await run('user', 'role', 'Ada', 'operator')).toMatchObject({ code: 0 });
  expect((await run('user', 'disable', 'EVE')).out).toContain('Eve is signed out everywhere');
  expect(await store.accounts.signIns.signedIn('hash', now)).toBeNull();
  expect((await run('user', 'list')).out).toMatch(/^2\tEve\t.*\tdisabled 20\S+$/m);
  expect(await run('user', 'enable', '2')).toMatchObject({ code: 0 });
  expect((await run('user', 'list')).out).not.toContain('disabled');
  expect(await run('user', 'role', 'Ada', 'member')).toMatchObject({ code: 0 });
  expect(await run('user', 'remove', 'Ada', '--yes')).toMatchObject({ code: 0 });
  expect((await store.accounts.people.list()).map(({ name }) => name)).toEqual(['Eve']);
  expect(await run('user', 'reset', 'Ada')).toMatchObject({ code: 1, out: '' });
  await store.close();
});

test('a backup has the secret beside the database, and a restore brings it back', async () => {
  const secret = path.join(folder, 'data', 'secret');
  const { readSecret } = await import('@/lib/http/identity/cookies/secret');
  const { readEnv } = await import('@/lib/env');
  const before = readSecret(readEnv({ DATABASE_URI: `sqlite://${file()}` }));
  const made = await run('backup', 'copy.db');
  expect(made).toMatchObject({ code: 0, said: '' });
  expect(made.out).toContain(path.join(folder, 'copy.db'));
  rmSync(secret);
  expect((await run('restore', 'copy.db')).said).toContain('is not empty');
  expect(await run('restore', 'copy.db', '--replace')).toMatchObject({ code: 0, said: '' });
  expect(readFileSync(secret, 'utf8')).toBe(before);
});

test('a move says which secret goes with it, and does not print it', async () => {
  const to = `sqlite://${path.join(folder, 'moved', 'app.db')}`;
  const { code, out, said } = await run('move', '--to', to);
  expect(code).toBe(0);
  expect(out).toMatch(/^people\t1\t[\da-f]{32}$/m);
  const secret = path.join(folder, 'data', 'secret');
  expect(said).toContain(`copy ${secret} beside it`);
  expect(out + said).not.toContain(readFileSync(secret, 'utf8'));
});

test('the program itself runs in any folder, and keeps to its exit codes', async () => {
  const script = path.resolve('scripts/ask-next.mjs');
  const call = (...line: string[]) =>
    promisify(execFile)(process.execPath, [script, ...line], { cwd: folder }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (failed: { code: number; stdout: string }) => failed,
    );
  const [help, unknown] = await Promise.all([call('--help'), call('x')]);
  expect(help.stdout).toContain('ask-next COMMAND');
  expect(unknown.code).toBe(2);
});
