import { setImmediate } from 'node:timers/promises';
import type { Store } from '@/db/store';
import { exportSessions } from '@/lib/sessions/export/session-pieces';
import type { Imported } from '@/lib/sessions/export/transfer-store';
import { readOwnSession } from '@/lib/sessions/import/own-session';
import { readImport } from '@/lib/sessions/import/read-import';
import { at } from '../stored-session';

/** Everything of an owner, as one file. */
export async function exported(store: Store, owner: string): Promise<string> {
  let text = '';
  for await (const piece of exportSessions(store.transfers.exportAll(owner, 'all'), at(99)))
    text += piece;
  return text;
}

export const fileOf = (...sessions: object[]) =>
  JSON.stringify({ format: 'ask-next', version: 1, sessions });

/** Imports a file whose values are all sessions. */
export async function imported(
  store: Store,
  owner: string,
  file: string,
  dryRun = false,
): Promise<Imported[]> {
  const done: Imported[] = [];
  const pause = () => setImmediate();
  for await (const read of readImport(new Blob([file]), {
    now: at(50),
    pause,
    readOwn: readOwnSession,
  })) {
    if (!('session' in read)) throw new Error('no session');
    const { session } = read;
    done.push(await store.transfers.importSession({ owner, session, dryRun, now: at(50) }));
  }
  return done;
}
