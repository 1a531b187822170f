/** What `ask-next doctor --url` asks for: how a request arrived here, in pieces as a reply has them. */
import { setTimeout as pause } from 'node:timers/promises';
import { SSE_HEADERS } from '../../lib/http/stream/frame-stream.ts';

const ECHO_PATH = '/health/proxy';

/** The doctor looks at the time between the first and the last. */
const PIECES = 5;
const PAUSE_MS = 200;

/** False for another path, and for a request that no doctor signed (`look`: null). */
export function echoed(path, look, response) {
  const seen = path === ECHO_PATH ? look() : null;
  if (seen) void echo(seen, response);
  return seen !== null;
}

async function echo(seen, response) {
  response.writeHead(200, SSE_HEADERS);
  for (let piece = 0; piece < PIECES && !response.destroyed; piece += 1) {
    response.write(`data: ${JSON.stringify(seen)}\n\n`);
    await pause(PAUSE_MS);
  }
  response.end();
}
