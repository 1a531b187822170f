import 'server-only';
import type { Env } from '@/lib/env';
import type { Metrics } from '@/lib/metrics/metrics';
import { observeLog } from '@/lib/log';

/** Null without METRICS_TOKEN: then nothing is loaded, and nothing is measured. */
export async function openMetricsOf(
  { METRICS_TOKEN }: Env,
  live: Parameters<typeof import('@/lib/metrics/metrics').openMetrics>[0],
): Promise<Metrics | null> {
  if (METRICS_TOKEN === undefined) return null;
  const { openMetrics } = await import('@/lib/metrics/metrics');
  const metrics = await openMetrics(live);
  observeLog(metrics.observe);
  return metrics;
}
