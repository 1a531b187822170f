import { expect, test } from 'vitest';
import { CHANGEABLE, SETTING_NAMES, type StoredSettings } from '@/lib/env/changeable';
import { mistakesOf, readEnv, readEnvWith, type Env } from '@/lib/env';
import { watchSettings } from './settings';
import { manualClock } from '@/tests/setup/manual-clock';
import { recordingLog } from '@/tests/setup/log';
import { presentSettings } from './present';

test('the defaults of the settings are those of their variables', () => {
  for (const name of SETTING_NAMES) {
    const of = (env: Env) => env[name as keyof Env];
    expect({ [name]: of(readEnv({ [name]: CHANGEABLE[name] })) }).toEqual({
      [name]: of(readEnv({})),
    });
  }
});

test('what is stored counts, unless the environment sets the same', () => {
  const stored = { TURNS_PER_OWNER: '3', CHAT_MODELS: 'a,b', CHAT_DEFAULT_MODEL: 'b' };
  const env = readEnvWith({ TURNS_PER_OWNER: '7', CHAT_DEFAULT_MODEL: ' ' }, stored);
  expect(env).toMatchObject({ ...stored, TURNS_PER_OWNER: 7, CHAT_MODELS: ['a', 'b'] });
});

test('what does not fit any more is left out, with its reason, and the rest counts', () => {
  const stored = { CHAT_DEFAULT_MODEL: 'gone', TURNS_PER_OWNER: '3', SIGN_UP: '???' };
  const source = { CHAT_MODELS: 'a,b' };
  const env = readEnvWith(source, stored);
  expect(env).toMatchObject({ TURNS_PER_OWNER: 3, SIGN_UP: 'closed' });
  expect(env.CHAT_DEFAULT_MODEL).toBeUndefined();
  const mistakes = mistakesOf(source, stored);
  expect(mistakes.map(([name]) => name)).toContain('SIGN_UP');
  const shown = presentSettings({ stored, environment: source, mistakes });
  const of = (name: string) => shown.find((each) => each.name === name);
  expect(of('SIGN_UP')).toMatchObject({ value: 'closed', source: 'default', stored: '???' });
  expect(of('SIGN_UP')?.problem).toMatch(/must be/);
  expect(of('CHAT_MODELS')).toMatchObject({ value: 'a,b', source: 'environment', stored: null });
  expect(of('TURNS_PER_OWNER')).toMatchObject({ value: '3', source: 'stored', problem: null });
});

test('what does not fit a variable of the environment is a mistake, whichever of the two complains', () => {
  const source = { CHAT_DEFAULT_MODEL: 'x' };
  const stored = { CHAT_MODELS: 'a,b' };
  expect(readEnvWith(source, stored).CHAT_MODELS).not.toEqual(['a', 'b']);
  expect(mistakesOf(source, stored)).toEqual([
    ['CHAT_MODELS', expect.stringContaining('CHAT_DEFAULT_MODEL')],
  ]);
});

test('a poll that began before a change and ends after it does not bring the old settings back', async () => {
  const clock = manualClock();
  const { log } = recordingLog();
  const reads: ((stored: StoredSettings) => void)[] = [];
  const read = () => new Promise<StoredSettings>((resolve) => reads.push(resolve));
  const applied: StoredSettings[] = [];
  const watch = watchSettings({ store: { read }, apply: (next) => applied.push(next), clock, log });
  const poll = watch.refresh();
  const change = watch.refresh();
  reads[1]?.({ SIGN_UP: 'open' });
  await change;
  reads[0]?.({ SIGN_UP: 'invited' });
  await poll;
  expect(applied).toEqual([{ SIGN_UP: 'open' }]);
  const next = watch.refresh();
  reads[2]?.({ SIGN_UP: 'closed' });
  await next;
  expect(applied.at(-1)).toEqual({ SIGN_UP: 'closed' });
  watch.close();
});

test('what another instance stores is applied within two seconds, once, also after the store was away', async () => {
  const clock = manualClock();
  const { log, logged } = recordingLog();
  let stored: StoredSettings | Error = { SIGN_UP: 'open' };
  const applied: StoredSettings[] = [];
  const read = () =>
    stored instanceof Error ? Promise.reject(stored) : Promise.resolve({ ...stored });
  const watch = watchSettings({ store: { read }, apply: (next) => applied.push(next), clock, log });
  await watch.refresh();
  await clock.pass(2000);
  expect(applied).toEqual([{ SIGN_UP: 'open' }]);
  stored = new Error('away');
  await clock.pass(2000);
  stored = { SIGN_UP: 'closed' };
  await clock.pass(2000);
  expect(applied.slice(1)).toEqual([{ SIGN_UP: 'closed' }]);
  expect(logged).toMatchObject([{ event: 'settings.poll_failed' }]);
  watch.close();
  stored = {};
  await clock.pass(10_000);
  expect(applied).toHaveLength(2);
});
