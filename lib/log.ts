import 'server-only';
import { createRequire } from 'node:module';
import pino from 'pino';
import { env, type Env } from './env';
import type { Log, LogFields } from '@/lib/ports/log';
import { plainLine } from './plain-line';

function open(): Log {
  const { LOG_LEVEL, NODE_ENV } = env();
  const options = {
    level: LOG_LEVEL,
    base: null,
    timestamp: () => `,"ts":"${new Date().toISOString()}"`,
    hooks: { streamWrite: plainLine },
    formatters: { level: (level: string) => ({ level }) },
  };
  if (isOfCommand) return pino(options, pino.destination({ dest: 2, sync: true }));
  if (NODE_ENV !== 'development') return pino(options);
  // Required by name so that no bundler follows it: production does not have it.
  const pretty = createRequire(import.meta.url)('pino-pretty') as (
    options: object,
  ) => NodeJS.WritableStream;
  return pino(options, pretty({ sync: true, messageKey: 'event', timestampKey: 'ts' }));
}

/** The output of a command is its result, such as a new key, which a program may read. */
let isOfCommand = false;

export function logToStandardError(): void {
  isOfCommand = true;
}

/** Shared between the bundles of a process. */
const OBSERVERS = Symbol.for('ask-next.log-observers');
type Observer = (fields: LogFields) => void;
const place = globalThis as { [OBSERVERS]?: Observer[] };

/** Calls `observe` with every line, whatever LOG_LEVEL is. Returns a function that ends this. */
export function observeLog(observe: Observer): () => void {
  place[OBSERVERS] = [...(place[OBSERVERS] ?? []), observe];
  return () => {
    place[OBSERVERS] = place[OBSERVERS]?.filter((each) => each !== observe) ?? [];
  };
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

const observed = (written: Log): Log =>
  Object.fromEntries(
    LEVELS.map((level) => [
      level,
      (fields: LogFields) => {
        written[level](fields);
        for (const observe of place[OBSERVERS] ?? []) observe(fields);
      },
    ]),
  ) as unknown as Log;

let opened: Log | undefined;

const isObserved = ({ METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT }: Env): boolean =>
  METRICS_TOKEN !== undefined || OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;

export const log = (): Log => (opened ??= isObserved(env()) ? observed(open()) : open());
