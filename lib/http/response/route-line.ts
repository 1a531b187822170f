import 'server-only';
import { logAccess } from './access-log';
import { REQUEST_ID_HEADER } from '@/lib/http/request/request-id';

/** The access log line of a request while it is served. */
export interface Line {
  readonly startedAt: number;
  requestId: string;
  readonly fields: Record<string, unknown>;
  readonly closeTasks: ReturnType<typeof closeTasks>;
}

export const newLine = ({ headers, signal }: Request): Line => ({
  startedAt: performance.now(),
  requestId: headers.get(REQUEST_ID_HEADER) ?? crypto.randomUUID(),
  fields: {},
  closeTasks: closeTasks(signal),
});

/** The part of a handler's context that writes to the line. */
export const contextOf = (line: Line) => ({
  requestId: line.requestId,
  annotate: (more: Record<string, unknown>) => void Object.assign(line.fields, more),
  respondAs: (requestId: string) => {
    line.requestId = requestId;
  },
  onClose: line.closeTasks.add,
});

export function writeLine(
  { startedAt, requestId, fields }: Line,
  of: { request: Request; method: string; route: string; status: number },
): void {
  const { method, route, status } = of;
  const latency_ms = Math.round(performance.now() - startedAt);
  const path = new URL(of.request.url).pathname;
  logAccess({ request_id: requestId, method, path, route, status, latency_ms, ...fields });
}

/** Tasks for the end of a request or its abort: each runs once. */
function closeTasks(signal: AbortSignal): { add: (task: () => void) => void; run: () => void } {
  let tasks: (() => void)[] = [];
  const run = () => {
    const all = tasks;
    tasks = [];
    for (const task of all) task();
  };
  signal.addEventListener('abort', run, { once: true });
  return {
    run,
    add(task) {
      if (signal.aborted) task();
      else tasks.push(task);
    },
  };
}
