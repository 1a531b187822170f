import type { ModelRequest } from '@/lib/ports/model';

/**
 * The request, with `begun` called before its first event: from then on the model generates, which is paid for. The one
 * place that knows whether an answer has begun.
 */
export function onFirstEvent(request: ModelRequest, begun: () => void): ModelRequest {
  let isFirst = true;
  return {
    ...request,
    onEvent(event) {
      if (isFirst) {
        isFirst = false;
        begun();
      }
      return request.onEvent(event);
    },
  };
}
