import type { RunningApp } from './app';

/** The access log lines with this status. */
export const accessLines = (app: RunningApp, status: number): Record<string, unknown>[] =>
  app.logged().filter((line) => line['event'] === 'http.access' && line['status'] === status);
