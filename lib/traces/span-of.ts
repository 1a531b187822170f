import type { LogEvent, LogFields } from '@/lib/ports/log';

/** A piece of work that a log line tells of when it has ended. */
export interface SpanFacts {
  readonly name: string;
  readonly requestId: string;
  /** What it is a part of, of the same request. */
  readonly within: 'request' | 'turn' | null;
  /** Set where others are parts of it. */
  readonly as: 'request' | 'turn' | null;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
}

interface Kind {
  readonly name: (fields: LogFields) => string;
  readonly within: SpanFacts['within'];
  readonly as: SpanFacts['as'];
  /** The fields that become attributes: never an owner, a path or a text. */
  readonly shown: readonly string[];
  readonly failed: (fields: LogFields) => boolean;
}

const USAGE = ['prompt_tokens', 'completion_tokens'];
const MEMORY = { name: () => 'memory merge', within: 'turn', as: null, shown: ['chars'] } as const;
const ANSWERED: readonly unknown[] = ['stop', 'length', 'filter', 'tool-calls', 'aborted'];

const KINDS: Partial<Record<LogEvent, Kind>> = {
  'http.access': {
    name: ({ method, route }) =>
      `${String(method)} ${typeof route === 'string' ? route : ''}`.trim(),
    within: null,
    as: 'request',
    shown: ['method', 'route', 'status', 'error', 'reason'],
    failed: ({ status }) => Number(status) >= 500,
  },
  'turn.ended': {
    name: () => 'turn',
    within: 'request',
    as: 'turn',
    shown: ['model', 'state', 'error', 'reason', 'first_token_ms', 'chars', ...USAGE],
    failed: ({ state }) => state === 'failed' || state === 'interrupted',
  },
  'upstream.asked': {
    name: () => 'upstream',
    within: 'turn',
    as: null,
    shown: ['model', 'outcome'],
    failed: ({ outcome }) => !ANSWERED.includes(outcome),
  },
  'session.memory.updated': { ...MEMORY, failed: () => false },
  'session.memory.update_failed': { ...MEMORY, failed: () => true },
};

/** Asked every few seconds. */
const LEFT_OUT: readonly unknown[] = ['/health', '/health/ready', '/metrics'];

/** Null for a line that tells of no ended work of a request. */
export function spanOf(fields: LogFields): SpanFacts | null {
  const kind = KINDS[fields.event];
  const { request_id: requestId, latency_ms: durationMs } = fields;
  if (!kind || requestId === undefined || typeof durationMs !== 'number') return null;
  if (LEFT_OUT.includes(fields['route'])) return null;
  const { name, within, as, shown, failed } = kind;
  const attributes: Record<string, string | number> = { request_id: requestId };
  for (const field of shown) {
    const value = fields[field];
    if (typeof value === 'string' || typeof value === 'number') attributes[field] = value;
  }
  return {
    name: name(fields),
    requestId,
    within,
    as,
    durationMs,
    failed: failed(fields),
    attributes,
  };
}
