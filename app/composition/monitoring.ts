import 'server-only';
import type { Env } from '@/lib/env';
import { instanceName } from '@/lib/instance';
import { observeLog } from '@/lib/log';
import type { Live } from '@/lib/metrics/gauges';
import type { Metrics } from '@/lib/metrics/metrics';
import manifest from '@/package.json';

interface Monitoring {
  /** Null without METRICS_TOKEN. */
  readonly metrics: Metrics | null;
  /** Sends the spans that are left. */
  close(): Promise<void>;
}

/** Loads and measures only what the operator asked for. */
export async function openMonitoring(configuration: Env, live: () => Live): Promise<Monitoring> {
  const { METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = configuration;
  let metrics: Metrics | null = null;
  if (METRICS_TOKEN !== undefined) {
    const { openMetrics } = await import('@/lib/metrics/metrics');
    metrics = await openMetrics(live);
    observeLog(metrics.observe);
  }
  if (endpoint === undefined) return { metrics, close: () => Promise.resolve() };
  const { openTraces } = await import('@/lib/traces/traces');
  const { version } = manifest;
  const traces = await openTraces({ endpoint, version, instance: instanceName() });
  observeLog(traces.observe);
  return { metrics, close: traces.close };
}
