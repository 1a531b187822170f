import { upstreamError } from '@/lib/llm/failure/upstream-error';

/** Bounds the memory for an error or a list of models. */
const WHOLE_MAX = 4 * 1024 * 1024;

/** `fetch` with a size limit on bodies that are read as a whole. Completions are streamed and have their own limit. */
export async function boundedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const isCompletion = response.ok && /\/completions([?#]|$)/.test(response.url);
  if (!response.body || isCompletion) return response;
  let length = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      length += piece.byteLength;
      if (length > WHOLE_MAX) controller.error(upstreamError('broken', 'the answer does not end'));
      else controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(limit), response);
}
