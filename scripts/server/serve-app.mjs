/**
 * The server process: Next behind node:http, in production or, with --dev, in development.
 * Does what `next start` does not: passes the client's address to the middleware, answers requests that Next would
 * answer with a bare 500, keeps connections open long enough for proxies, and shuts down gracefully.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isLoopback } from '../../lib/accounts/access.ts';
import { bodyMaxOf, takesFile } from '../../lib/http/request/body-max.ts';
import { CLIENT_CLOSED_REQUEST } from '../../lib/http/response/client-closed-request.ts';
import { isApiPath, isMonitoringPath, isLoggedInside } from '../../lib/http/request/api-path.ts';
import { requestIdOf } from '../../lib/http/request/request-id.ts';
import { LISTENS, platformDefaults } from '../../lib/env/platform.ts';
import { PROMPT_MAX_CHARS } from '../../lib/env/prompt-max.ts';
import { unquoted } from '../../lib/env/unquoted.ts';
import { ByteResponse } from './byte-response.mjs';
import { CONSTANT_HEADERS } from './constant-headers.mjs';
import { echoed } from './doctor-echo.mjs';
import { pathOf, checkSyntax, fieldsOf, refuse, refuseSocket, statusOfParser } from './refuse.mjs';
import { afterEarlierOnes, waitForFileSlot, waitForSlot, waitForPageSlot } from './fair-queue.mjs';
import { declaresTooLong, withBody } from './request-body.mjs';

const dev = process.env.NODE_ENV === 'development';
const setting = (name) => unquoted(process.env[name] ?? '');
const port = Number(setting('PORT') || LISTENS.PORT);
const hostname = setting('HOST') || platformDefaults(process.env).HOST || LISTENS.HOST;
const longest = {
  message: Number(setting('CHAT_MESSAGE_MAX_CHARS')) || 0,
  prompt: Number(setting('CHAT_CONTEXT_MAX_CHARS')) || PROMPT_MAX_CHARS,
};
const longestBody = (path) => bodyMaxOf(path, longest);

/** Longer than the idle timeout of common proxies, so that they close first. */
const KEEP_ALIVE_MS = 75_000;
/** The timeout for a whole request with its body, and how often it is checked. */
const REQUEST_MS = 55_000;
const LOOK_MS = 5000;
/** Pending connections; past that a burst makes other clients' fail too. The system may allow fewer. */
const BACKLOG = 4096;
/** Next would trust these from any client. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'];
/** With these, Next would answer `{}` or a redirect instead of our handler; pages need `rsc`. */
const PREFETCH = 'x-middleware-prefetch';
const PAGE_DATA = 'rsc';
/** Next and the queues here listen for the end of a response, more of them than Node warns of: 10. */
const LISTENERS_MAX = 20;
/** What a browser calls itself is shorter; Next looks for robots in it, in a time that grows with its square. */
const AGENT_MAX = 500;

// A random name, so that no client can forge the header.
const socketHeader = `x-socket-${crypto.randomUUID()}`;
globalThis[Symbol.for('ask-next.socket-header')] = socketHeader;

/** Fields that the middleware adds to a page's access log line. */
const lines = new AsyncLocalStorage();
globalThis[Symbol.for('ask-next.lines')] = lines;

/** app/start.ts resolves it with what this process needs of the app, or rejects it when opening fails. */
const opened = Promise.withResolvers();
globalThis[Symbol.for('ask-next.opened')] = opened;
let app;
/** The time of the first signal; 0 before. */
let endingSince = 0;

const { default: next } = await import('next');
let handle;

if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('PORT must be a whole number from 0 to 65535');
  process.exit(1);
}

const options = {
  ServerResponse: ByteResponse,
  keepAliveTimeout: KEEP_ALIVE_MS,
  // A request without a Host is refused below, in the shape of every error.
  requireHostHeader: false,
  requestTimeout: REQUEST_MS,
  headersTimeout: REQUEST_MS,
  connectionsCheckingInterval: LOOK_MS,
};

const server = createServer(options, (request, response) => void inTurn(request, response));

async function inTurn(request, response) {
  response.setMaxListeners(LISTENERS_MAX);
  let stillWaits = await afterEarlierOnes(request, response);
  if (stillWaits && !isMonitoringPath(request.url)) stillWaits = await waitForSlot(request);
  // Allowed hosts and addresses are unknown until the app is open. If that fails, the process exits.
  app ??= await opened.promise.catch(() => undefined);
  if (app && stillWaits) take(request, response);
}

function take(request, response) {
  const { headers } = request;
  const path = pathOf(request.url);
  const get = (name) => headers[name] ?? null;
  const requestId = requestIdOf({ get });
  // Here too, since Next redirects `//x` and `/x/` before the middleware sees them.
  response.setHeaders(new Map(Object.entries(CONSTANT_HEADERS)));
  nameUnlessNamed(response, requestId);
  headers[socketHeader] = request.socket.remoteAddress ?? '';
  app.logProxies({ get });
  const forwardedFor = headers['x-forwarded-for'];
  const isRelayed = forwardedFor !== undefined || 'forwarded' in headers;
  if (!app.isProxied({ get })) for (const name of FORWARDED) delete headers[name];
  const refusal = checkSyntax(request, path) ?? app.firstRefusal({ get }, isRelayed);
  const fields = { ...app.addressFields({ get }), ...refusal?.fields };
  const inside = !refusal && isLoggedInside(path);
  logWhenEnded(request, response, { requestId, path, inside, fields });
  if (refusal) {
    refuse(response, refusal, requestId);
    return;
  }
  // During shutdown, clients must reconnect, so that a load balancer can send them to another instance.
  if (endingSince > 0) response.shouldKeepAlive = false;
  delete headers[PREFETCH];
  headers['user-agent'] &&= headers['user-agent'].slice(0, AGENT_MAX);
  if (isApiPath(path)) delete headers[PAGE_DATA];
  headers['x-request-id'] = requestId;
  void lines.run(fields, () => serve(request, response, { path, requestId, forwardedFor }));
}

/** Set late, since a handler may respond with a turn's id, and Next keeps a header that is already set. */
function nameUnlessNamed(response, requestId) {
  const { writeHead } = response;
  response.writeHead = (...head) => {
    if (!response.hasHeader('X-Request-ID')) response.setHeader('X-Request-ID', requestId);
    return writeHead.apply(response, head);
  };
}

async function serve(request, response, { path, requestId, forwardedFor }) {
  const get = (name) => request.headers[name] ?? null;
  try {
    if (echoed(path, () => app.receivedRequest({ get }, forwardedFor), response)) return;
    if (isPage(path)) await waitForPageSlot(response);
    if (takesFile(path)) await waitForFileSlot(response);
    const whole = await withBody(request, response, longestBody(path));
    if (whole) await handle(whole, response);
  } catch (error) {
    console.error(error);
    Object.assign(lines.getStore() ?? {}, fieldsOf(500));
    refuse(response, { status: 500 }, requestId);
  }
}

const isPage = (path) => !isApiPath(path) && !/^\/(?:_next\/static|diagrams|pwa)\//.test(path);

/** By connection: its last request, and what goes into its line when the rest of it is refused. */
const receiving = new WeakMap();

function logWhenEnded(request, response, { requestId, path, inside, fields }) {
  const { method, socket } = request;
  const startedAt = performance.now();
  const refusal = {};
  receiving.set(socket, { request, refusal });
  response.once('close', () => {
    // A request whose body did not arrive never reached the handler, which would log it.
    const answered =
      response.headersSent || request.complete || declaresTooLong(request, longestBody(path));
    if (inside && answered) return;
    app.logAccess({
      request_id: requestId,
      method,
      path,
      status: response.headersSent ? response.statusCode : CLIENT_CLOSED_REQUEST,
      latency_ms: Math.round(performance.now() - startedAt),
      ...fields,
      ...refusal,
    });
  });
}

/** Refuses bytes that are not a request, and requests that are never completed. */
function refuseBytes(socket, status) {
  const answered = refuseSocket(socket, status);
  const { request, refusal } = receiving.get(socket) ?? {};
  const fields = { ...fieldsOf(status), ...(answered && { status }) };
  if (request?.complete === false) Object.assign(refusal, fields);
  else if (answered) logRefusedBytes(socket, fields);
}

function logRefusedBytes(socket, fields) {
  const get = (name) => (name === socketHeader ? socket.remoteAddress : null) ?? null;
  const id = crypto.randomUUID();
  const line = { request_id: id, method: '', path: '', latency_ms: 0, ...fields };
  app?.logAccess({ ...line, ...app.addressFields({ get }) });
}

// Next listens for upgrades, so Node passes it every request that offers one, such as `curl --http2`. In production it
// never answers those; without a listener they are ordinary requests.
if (!dev)
  server.on('newListener', (event, listener) => {
    if (event === 'upgrade') queueMicrotask(() => server.off('upgrade', listener));
  });

server.on('checkExpectation', (request, response) => server.emit('request', request, response));
server.on('connect', (_request, socket) => refuseBytes(socket, 405));
server.on('clientError', (error, socket) => {
  // A client that ended in the middle of its request: its line says that it left, whether or not it reads this.
  const isCut = receiving.get(socket)?.request.complete === false;
  const answer = isCut && error.code === 'HPE_INVALID_EOF_STATE' ? refuseSocket : refuseBytes;
  answer(socket, statusOfParser(error));
});

server.on('error', (error) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`
      : `The server cannot listen on ${hostname}:${port}: ${error.message}`,
  );
  process.exit(1);
});

// Listens before the slow part of the start, so that a port in use is reported at once.
// Without a host Node listens on :: or, where a machine has no IPv6, on 0.0.0.0.
const host = hostname === '::' ? undefined : hostname;
server.listen({ port, host, backlog: BACKLOG }, () => void start());

async function start() {
  const framework = next({ dev, hostname, port, httpServer: server });
  const ready = framework.prepare().then(() => framework.getRequestHandler());
  // Requests wait until Next is ready.
  handle = async (request, response) => (await ready)(request, response);
  try {
    [handle, app] = await Promise.all([ready, opened.promise]);
  } catch (error) {
    const reasons = [error, error.cause, error.cause?.cause].map(
      (each) => each?.message || each?.code,
    );
    console.error(reasons.filter(Boolean).join('\n') || error);
    process.exit(1);
  }
  const shown = ['127.0.0.1', '0.0.0.0', '::'].includes(hostname) ? 'localhost' : hostname;
  const address = shown.includes(':') ? `[${shown}]` : shown;
  const reach = isLoopback(hostname)
    ? 'this machine only; set HOST=:: and ACCESS for others'
    : 'other machines too';
  const { address: listening, port: taken } = server.address();
  console.log(
    `Ask-Next is ready on http://${address}:${taken} (listens on ${listening}: ${reach})`,
  );
  if (app.notice) console.log(app.notice);
}

/** Ctrl-C reaches this process twice, from the terminal and from its parent: that counts as one signal. */
const ONE_SIGNAL_MS = 500;
/** Time for the last bytes of responses in flight. */
const CLOSE_WAIT_MS = 1000;

async function end() {
  if (endingSince > 0) {
    if (Date.now() - endingSince > ONE_SIGNAL_MS) process.exit(1);
    return;
  }
  endingSince = Date.now();
  try {
    // Requests are still served, so that a load balancer sees that this process is no longer ready.
    await app?.drain();
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection that becomes idle after `close` would be kept alive and bring more requests.
    setInterval(() => server.closeIdleConnections(), 10);
    await Promise.race([closed, pause(CLOSE_WAIT_MS)]);
    await app?.close();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
// The parent has exited without a signal.
process.on('disconnect', () => void end());
