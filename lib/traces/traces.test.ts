import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogFields } from '@/lib/ports/log';
import { openTraces } from './traces';

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
}

/** A receiver of OTLP over HTTP. */
let receiver: Server;
let endpoint: string;
let bodies: string[] = [];
const paths = new Set<string>();

beforeAll(async () => {
  receiver = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const piece of request.setEncoding('utf8')) text += String(piece);
      paths.add(request.url ?? '');
      bodies.push(text);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    })();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}`;
});
afterAll(() => receiver.close());

async function spansOf(...logged: LogFields[]): Promise<SentSpan[]> {
  bodies = [];
  const traces = await openTraces({ endpoint: `${endpoint}/`, version: '1.2.3', instance: 'one' });
  for (const fields of logged) traces.observe(fields);
  await traces.close();
  return bodies.flatMap((body) => {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  });
}

const attribute = ({ attributes }: SentSpan, key: string) =>
  Object.values(attributes.find((each) => each.key === key)?.value ?? {})[0];

const R = { request_id: 'the-request', session_id: 'a-session', owner_hash: 'whose' };
const ASKED = { event: 'upstream.asked', model: 'm', ...R } as const;
const SENT = {
  event: 'http.access',
  method: 'POST',
  path: '/api/chat?q=secret',
  route: '/api/chat',
  status: 200,
  latency_ms: 900,
  ...R,
} as const;

test('a send is one trace: the request, its turn, each request upstream, the memory', async () => {
  const spans = await spansOf(
    { ...ASKED, outcome: 'failing', latency_ms: 20 },
    { ...ASKED, outcome: 'stop', latency_ms: 500 },
    { event: 'turn.ended', model: 'm', state: 'complete', latency_ms: 800, ...R },
    SENT,
    { event: 'session.memory.updated', chars: 12, latency_ms: 100, ...R },
  );
  expect(spans.map(({ name }) => name)).toEqual([
    'upstream',
    'upstream',
    'turn',
    'POST /api/chat',
    'memory merge',
  ]);
  const [first, second, turn, request, memory] = spans;
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(5);
  expect(request?.parentSpanId).toBeUndefined();
  expect(turn?.parentSpanId).toBe(request?.spanId);
  for (const part of [first, second, memory]) expect(part?.parentSpanId).toBe(turn?.spanId);
  for (const span of spans) expect(attribute(span, 'request_id')).toBe('the-request');
  expect(spans.map(({ status }) => status.code ?? 0)).toEqual([2, 0, 0, 0, 0]);
  const { startTimeUnixNano: start = '0', endTimeUnixNano: end = '0' } = request ?? {};
  expect((BigInt(end) - BigInt(start)) / 1_000_000n).toBe(900n);
  expect(paths).toEqual(new Set(['/v1/traces']));
  const sent = bodies.join();
  expect(sent).toContain('"1.2.3"');
  expect(sent).not.toMatch(/secret|whose|a-session/);
});

test('a request that comes back for a reply is a part of the one that began it', async () => {
  const watch = { ...SENT, method: 'GET', route: '/api/chat/stream/:requestId' };
  const [sent, watched] = await spansOf(SENT, watch);
  expect(watched?.traceId).toBe(sent?.traceId);
  expect(watched?.parentSpanId).toBe(sent?.spanId);
  expect(watched?.spanId).not.toBe(sent?.spanId);
});

test('health checks, lines without a request and lines without a time make no span', async () => {
  const spans = await spansOf(
    { ...SENT, route: '/health' },
    { event: 'store.prune_failed', latency_ms: 3 },
    { event: 'turn.started', ...R },
  );
  expect(spans).toEqual([]);
});

test('a receiver that is away loses spans, and nothing else', async () => {
  const gone = await openTraces({ endpoint: 'http://127.0.0.1:9', version: '1', instance: 'one' });
  gone.observe(SENT);
  await expect(gone.close()).resolves.toBeUndefined();
});
