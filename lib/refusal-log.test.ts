import { expect, test } from 'vitest';
import { refusalLog } from './refusal-log';

test('a refusal is logged once a minute per bound', () => {
  const lines: unknown[] = [];
  let now = 0;
  const refused = refusalLog({ warn: (fields) => lines.push(fields) }, () => now);
  for (let n = 0; n < 200; n += 1) refused('OWNER_MAX_SESSIONS');
  refused('CHAT_DAILY_LIMIT');
  now = 60_000;
  refused('OWNER_MAX_SESSIONS');
  expect(lines).toEqual([
    { event: 'bound.reached', bound: 'OWNER_MAX_SESSIONS' },
    { event: 'bound.reached', bound: 'CHAT_DAILY_LIMIT' },
    { event: 'bound.reached', bound: 'OWNER_MAX_SESSIONS' },
  ]);
});
