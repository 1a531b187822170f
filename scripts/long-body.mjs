/** What becomes of a body whose length says that it is too long. */
import { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { BODY_MAX } from '../lib/http/body-max.ts';

/** Most clients read an answer only when they have sent their body. */
const WAIT_MS = 2000;

export const isTooLong = ({ headers }) => Number(headers['content-length']) > BODY_MAX;

/**
 * The same request with nothing to read, since Next reads all of a body before it lets anybody refuse it. What comes
 * within the wait is dropped; whoever is not done by then is cut off with the answer.
 */
export async function withoutBody(request, response) {
  request.resume();
  await Promise.race([new Promise((resolve) => request.once('close', resolve)), pause(WAIT_MS)]);
  if (!request.complete) response.shouldKeepAlive = false;
  const { method, url, headers, rawHeaders } = request;
  const bare = new IncomingMessage(request.socket);
  Object.assign(bare, { method, url, headers, rawHeaders, complete: true });
  bare.push(null);
  return bare;
}
