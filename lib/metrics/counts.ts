import type { Registry } from '@prometheus-io/client';
import type { LogEvent, LogFields } from '@/lib/ports/log';
import { boundedLabel, routeLabel, textOf } from './labels';

type Client = typeof import('@prometheus-io/client');
type Counts = ReturnType<typeof define>;

/** Seconds. A stream lasts as long as its reply. */
const REQUEST_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const FIRST_TOKEN_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120];

function define(client: Client, registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new client.Counter({ name: `ask_next_${name}`, help, labelNames, registers: [registry] });
  const seconds = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    label: Label,
  ) =>
    new client.Histogram({
      name: `ask_next_${name}_seconds`,
      help,
      buckets,
      labelNames: [label],
      registers: [registry],
    });
  return {
    requests: counter('http_requests_total', 'Requests', 'method', 'route', 'status'),
    latency: seconds(
      'http_request_duration',
      'From a request to the end of its response, streams included',
      REQUEST_BUCKETS,
      'route',
    ),
    refusals: counter('refusals_total', 'Requests over a rate limit, quota or budget', 'limit'),
    turns: counter('turns_total', 'Turns by how they ended', 'model', 'state', 'error', 'reason'),
    firstToken: seconds(
      'turn_first_token',
      'From the beginning of a turn to its first text or reasoning',
      FIRST_TOKEN_BUCKETS,
      'model',
    ),
    tokens: counter('tokens_total', 'Tokens of turns, as counted upstream', 'model', 'kind'),
    upstream: counter(
      'upstream_requests_total',
      'Requests to the model’s server for an answer, retries included',
      'model',
      'outcome',
    ),
    retries: counter('upstream_retries_total', 'Requests that failed and were repeated', 'reason'),
    breaker: new client.Gauge({
      name: 'ask_next_upstream_breaker_open',
      help: '1 while the circuit breaker refuses turns',
      registers: [registry],
    }),
    merges: counter('memory_merges_total', 'Memories that were merged, or failed to', 'outcome'),
    failures: counter('failures_total', 'Warnings and errors of the log', 'event'),
  };
}

const REFUSED = new Set<unknown>(['rate-limited', 'over-quota', 'over-budget']);
const USAGE = { prompt: 'prompt_tokens', completion: 'completion_tokens' };
const MODELS_MAX = 100;

/** Returns a function that counts what a log line tells. No label has an id, an owner, or anything that clients choose. */
export function defineCounts(client: Client, registry: Registry): (fields: LogFields) => void {
  const counts = define(client, registry);
  counts.breaker.set(0);
  // The route of a turn lets only listed models pass, of which an upstream may have hundreds.
  const modelOf = boundedLabel(MODELS_MAX);
  return (fields) => {
    const count = COUNTED[fields.event];
    if (count) count(counts, fields, modelOf(textOf(fields['model'])));
    if (FAILED.test(fields.event)) counts.failures.inc({ event: fields.event });
  };
}

const FAILED = /_failed$|^turn\.lost$|^store\.disconnected$/;

type Count = (counts: Counts, fields: LogFields, model: string) => void;

const COUNTED: Partial<Record<LogEvent, Count>> = {
  'http.access'({ requests, latency, refusals }, fields) {
    const { method, status, latency_ms: ms, error, reason } = fields;
    const route = routeLabel(fields);
    requests.inc({
      method: METHODS.has(method) ? textOf(method) : 'other',
      route,
      status: Number(status),
    });
    latency.observe({ route }, Number(ms) / 1000);
    // A rate limit's reason has its window, too.
    if (REFUSED.has(error)) refusals.inc({ limit: textOf(reason).split(' ')[0] ?? '' });
  },
  'turn.ended'({ turns, firstToken, tokens }, fields, model) {
    const { state, error, reason, first_token_ms: ms } = fields;
    turns.inc({ model, state: textOf(state), error: textOf(error), reason: textOf(reason) });
    if (typeof ms === 'number') firstToken.observe({ model }, ms / 1000);
    for (const [kind, field] of Object.entries(USAGE))
      if (typeof fields[field] === 'number') tokens.inc({ model, kind }, fields[field]);
  },
  'upstream.asked'({ upstream }, { outcome }, model) {
    upstream.inc({ model, outcome: textOf(outcome) });
  },
  'upstream.retried'({ retries }, { reason }) {
    retries.inc({ reason: textOf(reason) });
  },
  'breaker.opened'({ breaker }) {
    breaker.set(1);
  },
  'breaker.closed'({ breaker }) {
    breaker.set(0);
  },
  'session.memory.updated'({ merges }) {
    merges.inc({ outcome: 'merged' });
  },
  'session.memory.update_failed'({ merges }) {
    merges.inc({ outcome: 'failed' });
  },
};

const METHODS = new Set<unknown>(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
