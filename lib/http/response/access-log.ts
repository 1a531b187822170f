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

/** The one line per request. */
export function logAccess(line: AccessLine): void {
  log()[line.status >= 500 ? 'error' : 'info']({ event: 'http.access', ...line });
}

/** Where it is kept what is to be said in the line of a page, which is written when the page has ended. */
const LINES = Symbol.for('ask-next.lines');
const place = globalThis as { [LINES]?: AsyncLocalStorage<object> };

export function keepLines(lines: AsyncLocalStorage<object>): void {
  place[LINES] = lines;
}

export function annotateLine(fields: object): void {
  Object.assign(place[LINES]?.getStore() ?? {}, fields);
}
