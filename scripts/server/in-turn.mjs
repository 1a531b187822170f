/** That one who asks for a lot at once holds up nobody else. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { arrivals } from '../../lib/http/edge/arrivals.ts';
import { turnstile } from '../../lib/http/edge/turnstile.ts';

/** Requests that are begun in one turn of the event loop: each takes it milliseconds, and any answer takes many turns. */
const BEGUN_AT_ONCE = 2;
/** Drawing a page takes the process for itself, some milliseconds each; what is short comes in between. */
const PAGES_AT_ONCE = 4;
/** A reader may be slow to take a page; that must not keep the others from theirs. */
const PAGE_HOLDS_MS = 250;
/** Requests of one connection that came before their turn. Each costs some kilobytes. */
const PIPELINED_MAX = 250;

const arrive = arrivals(BEGUN_AT_ONCE, setImmediate);
const pages = turnstile(PAGES_AT_ONCE);

/** When the last answer of a connection has ended, and how many of its requests wait. */
const connections = new WeakMap();

/** Resolves when the answers before this one, on the same connection, have ended; false: nobody waits for this one. */
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
  // What ends at once would be followed at once by the next, and no other connection be read.
  await othersFirst();
  return !socket.destroyed;
}

/** Resolves when a request may begin; false: its client has left meanwhile. */
export async function beginTurn({ socket }) {
  await new Promise(arrive);
  return !socket.destroyed;
}

/** Resolves when a page may be drawn. */
export async function pageTurn(response) {
  const leave = await pages.enter();
  await othersFirst();
  if (response.closed || response.destroyed) {
    leave();
    return;
  }
  const timer = setTimeout(leave, PAGE_HOLDS_MS);
  response.once('close', () => {
    clearTimeout(timer);
    leave();
  });
}
