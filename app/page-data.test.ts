import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { temporaryStore } from '@/tests/setup/store';
import { createSession, type StoredSession } from '@/tests/setup/stored-session';
import type { Services } from './composition';
import { pageData } from './page-data';
import { translationOf } from '@/lib/texts/translations';

/** Where app/composition.ts keeps the services. */
const place = globalThis as { [key: symbol]: unknown };
const PLACE = Symbol.for('ask-next.services');

let store: Store;
let remove: () => Promise<void>;
let session: StoredSession;

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  session = await createSession(store);
});
afterEach(async () => {
  Reflect.deleteProperty(place, PLACE);
  await remove();
});

/** The session's page, when `happens` runs just after its messages are read. */
async function pageWhile(happens: () => Promise<unknown>) {
  const branch: Store['messages']['branch'] = async (args) => {
    const read = await store.messages.branch(args);
    await happens();
    return read;
  };
  const services: Pick<Services, 'store' | 'noteVisit'> = {
    store: { ...store, messages: { ...store.messages, branch } },
    noteVisit: () => undefined,
  };
  place[PLACE] = Promise.resolve(services);
  return (
    await pageData(translationOf('en'), { owner: session.owner, role: 'member' }, session.sessionId)
  ).session;
}

test('a turn that begins while the page is read counts as running', async () => {
  let requestId = '';
  const page = await pageWhile(async () => {
    ({
      turn: { requestId },
    } = await session.begin());
  });
  expect(page).toMatchObject({ messages: [], running: [requestId] });
});

test('a turn that ends while the page is read counts as running', async () => {
  const { turn } = await session.begin();
  const page = await pageWhile(() => session.end(turn.requestId));
  expect(page).toMatchObject({ messages: [{ content: 'hello' }], running: [turn.requestId] });
});
