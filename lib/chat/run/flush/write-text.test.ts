import { expect, test } from 'vitest';
import { unavailable } from '@/lib/errors';
import { said } from '@/tests/setup/entries';
import { silentLog } from '@/tests/setup/log';
import { batchWriter } from './write-text';

test('when the store goes away while turns are written one by one, the rest waits for the next write', async () => {
  const asked: string[] = [];
  const written: string[] = [];
  let isAway = true;
  const writer = batchWriter({
    store: {
      appendEntries: (batches) => {
        const ids = batches.map(({ requestId }) => requestId).join(' ');
        asked.push(ids);
        if (isAway && ids === 'a b c d') return Promise.reject(new Error('a value is too long'));
        if (isAway && ids === 'b') return Promise.reject(unavailable('store'));
        written.push(ids);
        return Promise.resolve();
      },
    },
    isLive: () => true,
    isEnding: () => false,
    log: silentLog,
  });
  const batch = (requestId: string, text: string) => ({ requestId, entries: said(text) });
  const batches = ['a', 'b', 'c', 'd'].map((requestId) => batch(requestId, 'Once'));
  await expect(writer.write(batches)).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  expect(asked).toEqual(['a b c d', 'a', 'b']);
  isAway = false;
  await writer.write([batch('a', ' upon')]);
  expect(written).toEqual(['a', 'b c d a']);
});
