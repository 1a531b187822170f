import 'server-only';
import type { AsyncLocalStorage } from 'node:async_hooks';
import { log } from '@/lib/log';

export interface AccessLine {
  readonly request_id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly latency_ms: number;
  readonly [field: string]: unknown;
}

/** Writes the one access log line of a request. */
export function logAccess(line: AccessLine): void {
  log()[line.status >= 500 ? 'error' : 'info']({ event: 'http.access', ...line });
}

/** Where fields for a page's access log line are collected until its response ends; shared between bundles. */
const LINES = Symbol.for('ask-next.lines');
const place = globalThis as { [LINES]?: AsyncLocalStorage<object> };

export function keepLines(lines: AsyncLocalStorage<object>): void {
  place[LINES] = lines;
}

export function annotateLine(fields: object): void {
  Object.assign(place[LINES]?.getStore() ?? {}, fields);
}
