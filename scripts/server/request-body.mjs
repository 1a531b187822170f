/**
 * Reads the request body before Next does. Next would wait for it without a timeout, write log lines of its own when it
 * breaks off, and read an oversized one completely before anything can refuse it.
 */
import { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** How long to drain a refused body: most clients read the response only after sending it. */
const WAIT_MS = 2000;

export const declaresTooLong = ({ headers }, max) => Number(headers['content-length']) > max;

const hasBody = ({ headers }) =>
  Number(headers['content-length']) > 0 || headers['transfer-encoding'] !== undefined;

/** The request with its body buffered, of an oversized one only the beginning; null: the connection broke off. */
export async function withBody(request, response, max) {
  if (!hasBody(request)) return request;
  const body = declaresTooLong(request, max) ? Buffer.alloc(0) : await read(request, max);
  if (body === null) return null;
  if (!request.complete) {
    request.resume();
    await Promise.race([new Promise((resolve) => request.once('close', resolve)), pause(WAIT_MS)]);
    if (!request.complete) response.shouldKeepAlive = false;
  }
  return withWholeBody(request, body);
}

/** Null when the connection broke off. */
function read(request, max) {
  const pieces = [];
  let size = 0;
  return new Promise((resolve) => {
    const end = (body) => {
      request.off('data', take);
      resolve(body);
    };
    const take = (piece) => {
      pieces.push(piece);
      size += piece.length;
      if (size > max) end(Buffer.concat(pieces));
    };
    request.on('data', take);
    request.once('end', () => end(Buffer.concat(pieces)));
    request.once('close', () => end(null));
    // 'close' follows every error.
    request.on('error', () => undefined);
  });
}

function withWholeBody(request, body) {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } =
    request;
  const whole = new IncomingMessage(request.socket);
  const version = { httpVersion, httpVersionMajor, httpVersionMinor };
  Object.assign(whole, { method, url, headers, rawHeaders, ...version, complete: true });
  if (body.length > 0) whole.push(body);
  whole.push(null);
  return whole;
}
