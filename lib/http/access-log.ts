import 'server-only';
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
