import { expect, test } from 'vitest';
import type { LogFields } from '@/lib/ports/log';
import { openMetrics } from './metrics';

const LIVE = { turns: 2, streams: 3, feeds: 1, connections: { open: 4, idle: 1, waiting: 5 } };
const TOLD = { request_id: 'an-id', session_id: 'another-id', owner_hash: 'whose' };

async function linesAfter(...logged: LogFields[]): Promise<string[]> {
  const metrics = await openMetrics(() => LIVE);
  for (const fields of logged) metrics.observe(fields);
  const { body } = await metrics.text();
  return body.split('\n');
}

test('requests are counted by pattern and status, with their duration, and none by its address', async () => {
  const access = { event: 'http.access', method: 'GET', latency_ms: 40, ...TOLD } as const;
  const lines = await linesAfter(
    { ...access, path: '/api/sessions/1', route: '/api/sessions/:id', status: 200 },
    { ...access, path: '/api/sessions/2', route: '/api/sessions/:id', status: 404 },
    { ...access, path: '/api/secret-of-a-client', status: 401 },
    { ...access, path: '/s/1', status: 200, method: 'PURGE' },
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'ask_next_http_requests_total{method="GET",route="/api/sessions/:id",status="200"} 1',
      'ask_next_http_requests_total{method="GET",route="/api/sessions/:id",status="404"} 1',
      'ask_next_http_requests_total{method="GET",route="(refused)",status="401"} 1',
      'ask_next_http_requests_total{method="other",route="(page)",status="200"} 1',
      'ask_next_http_request_duration_seconds_bucket{le="0.025",route="/api/sessions/:id"} 0',
      'ask_next_http_request_duration_seconds_bucket{le="0.05",route="/api/sessions/:id"} 2',
    ]),
  );
  expect(lines.join()).not.toMatch(/secret|an-id|another-id|whose|sessions\/1/);
});

test('a refusal is counted by the variable of its limit', async () => {
  const refused = { event: 'http.access', method: 'POST', status: 429, latency_ms: 1 } as const;
  const lines = await linesAfter(
    { ...refused, error: 'rate-limited', reason: 'CHAT_RATE_LIMIT 20/minute' },
    { ...refused, error: 'over-budget', reason: 'TURNS_MAX' },
    { ...refused, error: 'invalid', reason: 'fields' },
  );
  expect(lines.filter((line) => line.startsWith('ask_next_refusals_total{'))).toEqual([
    'ask_next_refusals_total{limit="CHAT_RATE_LIMIT"} 1',
    'ask_next_refusals_total{limit="TURNS_MAX"} 1',
  ]);
});

test('turns are counted by their end, with tokens and the time to the first one', async () => {
  const ended = { event: 'turn.ended', model: 'm', ...TOLD } as const;
  const lines = await linesAfter(
    { ...ended, state: 'complete', first_token_ms: 700, prompt_tokens: 7, completion_tokens: 3 },
    { ...ended, state: 'failed', first_token_ms: null, error: 'upstream', reason: 'timeout' },
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'ask_next_turns_total{model="m",state="complete",error="",reason=""} 1',
      'ask_next_turns_total{model="m",state="failed",error="upstream",reason="timeout"} 1',
      'ask_next_turn_first_token_seconds_bucket{le="0.5",model="m"} 0',
      'ask_next_turn_first_token_seconds_bucket{le="1",model="m"} 1',
      'ask_next_turn_first_token_seconds_count{model="m"} 1',
      'ask_next_tokens_total{model="m",kind="prompt"} 7',
      'ask_next_tokens_total{model="m",kind="completion"} 3',
    ]),
  );
});

test('any number of models is at most a hundred labels, and other', async () => {
  const asked = (n: number) =>
    ({ event: 'upstream.asked', model: `m${String(n)}`, outcome: 'stop' }) as const;
  const lines = await linesAfter(...Array.from({ length: 150 }, (_, n) => asked(n)));
  const counted = lines.filter((line) => line.startsWith('ask_next_upstream_requests_total{'));
  expect(counted).toHaveLength(101);
  expect(counted.at(-1)).toBe('ask_next_upstream_requests_total{model="other",outcome="stop"} 50');
});

test('the breaker is open between its two events, and what goes on now is read with each scrape', async () => {
  expect(await linesAfter()).toContain('ask_next_upstream_breaker_open 0');
  const opened = await linesAfter({ event: 'breaker.opened' });
  expect(opened).toContain('ask_next_upstream_breaker_open 1');
  const closed = await linesAfter({ event: 'breaker.opened' }, { event: 'breaker.closed' });
  expect(closed).toEqual(
    expect.arrayContaining([
      'ask_next_upstream_breaker_open 0',
      'ask_next_turns_running 2',
      'ask_next_streams_open 3',
      'ask_next_feeds_open 1',
      'ask_next_store_connections{state="waiting"} 5',
    ]),
  );
});

test('failures are counted by their event', async () => {
  const lines = await linesAfter(
    { event: 'turn.lost' },
    { event: 'store.prune_failed', cause: 'x' },
  );
  expect(lines.filter((line) => line.startsWith('ask_next_failures_total{'))).toEqual([
    'ask_next_failures_total{event="turn.lost"} 1',
    'ask_next_failures_total{event="store.prune_failed"} 1',
  ]);
});
