import type { Log, LogFields } from '@/lib/ports/log';

/** A log that records its lines. */
export function recordingLog(): { log: Log; logged: LogFields[] } {
  const logged: LogFields[] = [];
  const note = (fields: LogFields) => logged.push(fields);
  return { log: { debug: () => undefined, info: note, warn: note, error: note }, logged };
}

/** For tests that are not about the log. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
