import { afterEach, expect, test } from 'vitest';
import { LIMIT_NAMES } from '@/db/quotas/bounds';
import { env } from '@/lib/env';
import { useStoredSettings } from '@/lib/env/stored';
import { boundsNow } from './settings';

afterEach(() => {
  useStoredSettings({});
});

test('each limit of the store is the one that is set now', () => {
  const bounds = boundsNow(() => undefined);
  const differing = () => LIMIT_NAMES.filter((name) => bounds[name] !== env()[name]);
  expect([differing(), LIMIT_NAMES.length]).toEqual([[], 8]);
  useStoredSettings({ TURNS_PER_OWNER: '3', CHAT_DAILY_LIMIT: '5 turns;6 tokens' });
  expect(bounds).toMatchObject({ TURNS_PER_OWNER: 3, CHAT_DAILY_LIMIT: { turns: 5, tokens: 6 } });
  expect(differing()).toEqual([]);
});
