/** What a monitor of the operator sees: metrics and traces, and nothing without being asked for. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

const METRICS_TOKEN = 'a-token-that-is-long-enough-for-metrics';

let deployment: Deployment;
let app: Instance;
/** Receives OTLP over HTTP. */
let receiver: Server;
let received = '';
beforeAll(async () => {
  receiver = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (piece: string) => (received += piece));
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  deployment = await openDeployment(await SQLITE.empty(), { CHAT_MEMORY_ENABLED: 'true' });
  app = await deployment.start({
    METRICS_TOKEN,
    LOG_LEVEL: 'error',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(port)}`,
  });
});
afterAll(async () => {
  await deployment.remove();
  receiver.close();
});

const scrape = (token?: string, method = 'GET') =>
  fetch(`${app.url}/metrics`, {
    method,
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
const metrics = async () => (await (await scrape(METRICS_TOKEN)).text()).split('\n');

test('with the token one reads what happened, in every bundle and at any level of the log', async () => {
  const session = await app.api.createSession();
  await app.api.call('POST', '/api/chat', { message: 'A secret', session_id: session });
  await fetch(`${app.url}/s`);
  await fetch(`${app.url}/api/sessions`, { headers: { Authorization: 'Bearer wrong' } });
  const wanted = [
    'ask_next_http_requests_total{method="POST",route="/api/chat",status="200"} 1',
    'ask_next_http_requests_total{method="GET",route="(page)",status="200"} 1',
    'ask_next_http_requests_total{method="GET",route="(refused)",status="401"} 1',
    'ask_next_memory_merges_total{outcome="merged"} 1',
    'ask_next_turns_running 0',
  ];
  await expect.poll(metrics).toEqual(expect.arrayContaining(wanted));
  const lines = await metrics();
  expect(lines.join('\n')).toMatch(/^ask_next_turns_total\{model="[\w.-]+",state="complete"/m);
  expect(lines.join('\n')).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect(lines.join('\n')).not.toContain(session);
  expect(lines.join('\n')).not.toContain('secret');
});

test('nobody else does, and an instance without a token has no such address', async () => {
  expect((await scrape()).status).toBe(401);
  expect((await scrape('a-token-that-is-long-enough-but-wrong')).status).toBe(401);
  expect((await scrape(METRICS_TOKEN, 'POST')).status).toBe(405);
  const other = await deployment.start();
  const answer = await fetch(`${other.url}/metrics`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ kind: 'not-found' });
});

test('what has been traced is sent before the server ends, without texts or addresses', async () => {
  await app.stop();
  for (const name of ['POST /api/chat', 'turn', 'upstream', 'memory merge'])
    expect(received).toContain(`"name":"${name}"`);
  expect(received).not.toMatch(/secret|\/s"|\/metrics/i);
});
