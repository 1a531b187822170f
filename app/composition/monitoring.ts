import 'server-only';
import type { Env } from '@/lib/env';
import { instanceName } from '@/lib/instance';
import { observeLog } from '@/lib/log';
import type { Live } from '@/lib/metrics/gauges';
import type { Metrics } from '@/lib/metrics/metrics';
import type { Traces } from '@/lib/traces/traces';
import manifest from '@/package.json';

export interface Monitoring {
  /** Null without METRICS_TOKEN. */
  readonly metrics: Metrics | null;
  /** Ends the measuring, and sends the spans that are left. */
  close(): Promise<void>;
}

/** Loads and measures only what the operator asked for. The caller closes it. */
export async function openMonitoring(configuration: Env, live: () => Live): Promise<Monitoring> {
  const metrics = await metricsOf(configuration, live);
  const traces = await tracesOf(configuration);
  const observers = [metrics, traces].flatMap((each) => (each ? [observeLog(each.observe)] : []));
  return {
    metrics,
    async close() {
      for (const end of observers) end();
      await traces?.close();
    },
  };
}

async function metricsOf({ METRICS_TOKEN }: Env, live: () => Live): Promise<Metrics | null> {
  if (METRICS_TOKEN === undefined) return null;
  const { openMetrics } = await import('@/lib/metrics/metrics');
  return openMetrics(live);
}

async function tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Env): Promise<Traces | null> {
  if (endpoint === undefined) return null;
  const { openTraces } = await import('@/lib/traces/traces');
  const { version } = manifest;
  return openTraces({ endpoint, version, instance: instanceName() });
}
