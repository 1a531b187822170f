import { expect, test } from 'vitest';
import { importLines } from '@/lib/sessions/import/import-lines';
import { readOwnSession } from '@/lib/sessions/import/own-session';
import { pause, pauseInTime } from './pause-in-time';

const FILE = JSON.stringify([
  { uuid: 'c', chat_messages: [{ uuid: '1', sender: 'human', text: 'Hi' }] },
]);

/** What an import stores that may read the file for so many seconds, and may store for as long as it likes. */
async function storedWithin(
  seconds: number,
  until: AbortSignal | null = null,
  stored: string[] = [],
): Promise<string[]> {
  const lines = importLines(new Blob([FILE]), {
    now: new Date(0),
    dryRun: false,
    titles: { untitled: 'New chat', about: 'About me' },
    readOwn: readOwnSession,
    pause: () => pause(until),
    pauseInTime: pauseInTime(seconds, until),
    storeAbout: () => Promise.resolve({ kind: 'new' as const }),
    store: ({ id }) => {
      stored.push(id);
      return Promise.resolve({ kind: 'new', id });
    },
  });
  for await (const _ of lines);
  return stored;
}

test('a file that takes too long to read is refused with the limit, and nothing of it is stored', async () => {
  await expect(storedWithin(0)).rejects.toMatchObject({
    failure: { kind: 'unreadable-file', reason: 'time', limit: 0 },
  });
  expect(await storedWithin(600)).toEqual(['c']);
});

test('a file whose sender is shut out is not stored', async () => {
  const stored: string[] = [];
  const over = AbortSignal.abort(new Error('revoked'));
  await expect(storedWithin(600, over, stored)).rejects.toThrow('revoked');
  expect(stored).toEqual([]);
});
