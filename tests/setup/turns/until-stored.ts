import { expect } from 'vitest';
import { openStore } from '@/db/store';
import type { EmptyDatabase } from '../../databases/engines';
import { textFrom } from '@/tests/setup/entries';

/** Waits until the database has these words of a turn, so that a kill cannot lose them. */
export async function untilStored(
  { database }: EmptyDatabase,
  requestId: string,
  words: string,
): Promise<void> {
  const store = await openStore(database);
  try {
    await expect.poll(() => textFrom(store.turns, requestId, 0)).toContain(words);
  } finally {
    await store.close();
  }
}
