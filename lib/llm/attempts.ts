import { failureOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Model } from '@/lib/ports/model';

interface Deps {
  readonly log: Pick<Log, 'debug'>;
  readonly ticks: () => number;
}

/** Logs each request to the model's server, for metrics and debugging. */
export function withAttempts(model: Model, { log, ticks }: Deps): Model {
  return {
    async stream(request) {
      const startedAt = ticks();
      const note = (outcome: string) => {
        log.debug({
          event: 'upstream.asked',
          request_id: request.requestId,
          model: request.model,
          outcome,
          latency_ms: Math.round(ticks() - startedAt),
        });
      };
      try {
        const answer = await model.stream(request);
        note(answer.finish);
        return answer;
      } catch (thrown) {
        note(request.signal.aborted ? 'aborted' : reasonOf(thrown));
        throw thrown;
      }
    },
  };
}

function reasonOf(thrown: unknown): string {
  const failure = failureOf(thrown);
  return failure.kind === 'upstream' ? failure.reason : failure.kind;
}
