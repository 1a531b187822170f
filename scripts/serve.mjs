/**
 * The server process: Next behind node:http, in production or, with --dev, in development.
 * Does what `next start` does not: tells the middleware the true address of the client, answers requests that Next
 * would answer with a bare 500, keeps connections long enough for proxies, and ends in good order.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { SECURITY_HEADERS } from '../lib/http/security-headers.ts';

const dev = process.argv.includes('--dev');
process.env.NODE_ENV = dev ? 'development' : 'production';
const require = createRequire(import.meta.url);
require('@next/env').loadEnvConfig(process.cwd(), dev);

const port = Number(process.env.PORT || 3000);
const hostname = process.env.HOST || '127.0.0.1';

/** Longer than the idle time of usual proxies, so that it is they who close first. */
const KEEP_ALIVE_MS = 75_000;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

// No client can guess the name, so none can forge the header.
const socketHeader = `x-socket-${randomUUID()}`;
globalThis[Symbol.for('ask-next.socket-header')] = socketHeader;

const { default: next } = await import('next');
let handle;

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  const refusal = refusalOf(request);
  if (refusal) {
    refuse(response, refusal);
    return;
  }
  request.headers[socketHeader] = request.socket.remoteAddress;
  void handle(request, response);
});

server.on('error', (error) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`
      : `The server cannot listen on ${hostname}:${port}: ${error.message}`,
  );
  process.exit(1);
});

// The port is taken before the work of starting, so that a port in use is said at once.
server.listen(port, hostname, () => void start());

async function start() {
  const app = next({ dev, hostname, port, httpServer: server });
  handle = pending(app.prepare().then(() => app.getRequestHandler()));
  try {
    handle = await handle.ready;
  } catch (error) {
    console.error(error.message ?? error);
    process.exit(1);
  }
  const shown = ['127.0.0.1', '0.0.0.0', '::'].includes(hostname) ? 'localhost' : hostname;
  console.log(`Ask-Next is ready on http://${shown}:${server.address().port}`);
}

/** Until Next is ready, requests wait for it. */
function pending(ready) {
  const wait = async (request, response) => (await ready)(request, response);
  return Object.assign(wait, { ready });
}

/** What Next answers with a bare 500. */
function refusalOf({ method, url }) {
  if (!METHODS.has(method)) return { code: 405, error: 'Method Not Allowed' };
  try {
    decodeURIComponent(url.split('?', 1)[0]);
    return null;
  } catch {
    return { code: 400, error: 'The address cannot be decoded' };
  }
}

function refuse(response, { code, error }) {
  const requestId = randomUUID();
  response.writeHead(code, {
    ...SECURITY_HEADERS,
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Request-ID': requestId,
    ...(code === 405 && { Allow: [...METHODS].join(', ') }),
  });
  response.end(JSON.stringify({ error, code, request_id: requestId }));
}

let endingSince = 0;
/** Ctrl-C reaches this process from the terminal and from its parent at once: that is one signal, not two. */
const ONE_SIGNAL_MS = 500;

async function end() {
  if (endingSince > 0) {
    if (Date.now() - endingSince > ONE_SIGNAL_MS) process.exit(1);
    return;
  }
  endingSince = Date.now();
  server.close();
  server.closeIdleConnections();
  try {
    // Left here by app/start.ts: lets running turns end and closes the store.
    await globalThis[Symbol.for('ask-next.shutdown')]?.();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
// The parent is gone without a word.
process.on('disconnect', () => void end());
