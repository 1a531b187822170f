/** Fair scheduling: a client that sends many requests at once does not delay others. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { startQueue } from '../../lib/http/edge/start-queue.ts';
import { semaphore } from '../../lib/http/edge/semaphore.ts';

/** Requests that are begun in one turn of the event loop: each takes it milliseconds, and any answer takes many turns. */
const BEGUN_AT_ONCE = 2;
/** Drawing a page blocks the process for some milliseconds; short requests run in between. */
const PAGES_AT_ONCE = 4;
/** A client that reads its page slowly gives up its place after this long. */
const PAGE_HOLDS_MS = 250;
/** A file to import is in memory as a whole, several times. */
const FILES_AT_ONCE = 2;
/** The most pipelined requests that wait on one connection. Each costs some kilobytes. */
const PIPELINED_MAX = 250;

const arrive = startQueue(BEGUN_AT_ONCE, setImmediate);
const pages = semaphore(PAGES_AT_ONCE);
const files = semaphore(FILES_AT_ONCE);

/** Per connection: when its last response has ended, and how many requests wait. */
const connections = new WeakMap();

/** Resolves when earlier responses on the same connection have ended; false: the client has disconnected. */
export async function afterEarlierOnes({ socket }, response) {
  const connection = connections.get(socket) ?? { waiting: 0, ended: undefined };
  connections.set(socket, connection);
  const { ended } = connection;
  connection.ended = new Promise((resolve) => response.once('close', resolve));
  if (ended === undefined) return true;
  connection.waiting += 1;
  if (connection.waiting > PIPELINED_MAX) socket.destroy();
  await ended;
  connection.waiting -= 1;
  // Without this, a series of fast responses would block all other connections.
  await othersFirst();
  return !socket.destroyed;
}

/** Resolves when a request may start; false: its client has disconnected. */
export async function waitForSlot({ socket }) {
  await new Promise(arrive);
  return !socket.destroyed;
}

/** Resolves when a page may be rendered. Releases the place when the response closes. */
export async function waitForPageSlot(response) {
  const release = await pages.enter();
  await othersFirst();
  if (response.closed || response.destroyed) {
    release();
    return;
  }
  const timer = setTimeout(release, PAGE_HOLDS_MS);
  response.once('close', () => {
    clearTimeout(timer);
    release();
  });
}

/** Resolves when a file may be received. Releases the place when the response closes. */
export async function waitForFileSlot(response) {
  const release = await files.enter();
  if (response.closed || response.destroyed) release();
  else response.once('close', release);
}
