import type { RunningApp } from './app';

/** The lines of the requests that were answered with this status. */
export const accessLines = (app: RunningApp, status: number): Record<string, unknown>[] =>
  app.logged().filter((line) => line['event'] === 'http.access' && line['status'] === status);
