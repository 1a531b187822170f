import { setTimeout as sleep } from 'node:timers/promises';
import type { LogFields } from '@/lib/ports/log';
import { spanIds, type SpanIds } from './span-ids';
import { spanOf } from './span-of';

export interface Traces {
  /** Makes a span of a log line that tells of ended work. */
  observe(fields: LogFields): void;
  /** Sends the remaining spans. Never rejects. */
  close(): Promise<void>;
}

interface Target {
  /** Of OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string;
  readonly version: string;
  /** Names this process among others. */
  readonly instance: string;
}

/** The exporter would try again for many seconds. */
const CLOSE_MS = 2000;

/** Loads the SDK, and sends spans in batches. The caller closes it. */
export async function openTraces({ endpoint, version, instance }: Target): Promise<Traces> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const named = resources.resourceFromAttributes({
    'service.name': 'ask-next',
    'service.version': version,
    'service.instance.id': instance,
  });
  const own = resources.detectResources({ detectors: [resources.envDetector] });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  let next: SpanIds | null = null;
  const provider = new sdk.TracerProvider({
    resource: named.merge(own),
    idGenerator: {
      generateTraceId: () => next?.traceId ?? '',
      generateSpanId: () => next?.spanId ?? '',
    },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('ask-next', version);
  const idsOf = spanIds();

  const parentOf = ({ traceId, parentId }: SpanIds) =>
    parentId === null
      ? api.ROOT_CONTEXT
      : api.trace.setSpanContext(api.ROOT_CONTEXT, {
          traceId,
          spanId: parentId,
          traceFlags: api.TraceFlags.SAMPLED,
        });

  return {
    observe(fields) {
      const facts = spanOf(fields);
      if (!facts) return;
      const { name, durationMs, attributes, failed } = facts;
      const endedAt = Date.now();
      next = idsOf(facts);
      const started = { startTime: endedAt - durationMs, attributes };
      const span = tracer.startSpan(name, started, parentOf(next));
      if (failed) span.setStatus({ code: api.SpanStatusCode.ERROR });
      span.end(endedAt);
    },
    async close() {
      await Promise.race([provider.shutdown().catch(() => undefined), sleep(CLOSE_MS)]);
    },
  };
}
