import type { LogFields } from '@/lib/ports/log';
import { defineCounts } from './counts';
import { defineGauges, type Live } from './gauges';

export interface Metrics {
  /** Counts what a log line tells. */
  observe(fields: LogFields): void;
  /** All metrics in Prometheus's text format. */
  text(): Promise<{ readonly body: string; readonly type: string }>;
}

/** Loads the library and begins to measure; `live` is read with each scrape. */
export async function openMetrics(live: () => Live): Promise<Metrics> {
  const client = await import('@prometheus-io/client');
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  defineGauges(client, registry, live);
  const observe = defineCounts(client, registry);
  return {
    observe,
    text: async () => ({ body: await registry.metrics(), type: registry.contentType }),
  };
}
