import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openStore, type Store } from '@/db/store';
import type { EmptyDatabase } from '../databases/engines';
import { createSession, type StoredSession } from './stored-session';

/** What each test receives. */
interface Given {
  readonly place: EmptyDatabase;
  readonly store: Store;
  readonly session: StoredSession;
}

/** For the tests of one `describe`: a shared store, and a new session for each test. */
export function givenSessions(
  empty: () => Promise<EmptyDatabase>,
  give: (given: Given) => void,
): void {
  let place: EmptyDatabase;
  let store: Store;
  beforeAll(async () => {
    place = await empty();
    store = await openStore(place.database);
  });
  beforeEach(async () => {
    give({ place, store, session: await createSession(store) });
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });
}
