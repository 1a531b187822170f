/** What `ask-next doctor --url` asks for: how a request arrived here, in pieces as a reply has them. */
import { setTimeout as pause } from 'node:timers/promises';
import { SSE_HEADERS } from '../../lib/http/stream/frame-stream.ts';

const ECHO_PATH = '/health/proxy';

/** The doctor looks at the time between the first and the last. */
const PIECES = 5;
const PAUSE_MS = 200;

/** False for another path, and for a request that no doctor signed (`receive` returns null). */
export function echoed(path, receive, response) {
  const received = path === ECHO_PATH ? receive() : null;
  if (received) void echo(received, response);
  return received !== null;
}

async function echo(received, response) {
  response.writeHead(200, SSE_HEADERS);
  for (let piece = 0; piece < PIECES && !response.destroyed; piece += 1) {
    response.write(`data: ${JSON.stringify(received)}\n\n`);
    await pause(PAUSE_MS);
  }
  response.end();
}
