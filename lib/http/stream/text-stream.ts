import { failureFields } from '@/lib/http/response/failure-fields';

const encoder = new TextEncoder();

/**
 * An answer whose text is made as its reader takes it. What is thrown before the first piece is thrown here; later the
 * connection breaks, so that half a file is never taken for a whole one, and the log says why.
 */
export async function textStream(
  pieces: AsyncIterable<string>,
  { type, headers, annotate }: Options,
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]();
  let first: IteratorResult<string> | null = await iterator.next();
  const take = (): Promise<IteratorResult<string>> | IteratorResult<string> => {
    const taken = first ?? iterator.next();
    first = null;
    return taken;
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await take();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (thrown) {
          annotate(failureFields(thrown));
          throw thrown;
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    // Nothing is read ahead of a slow reader.
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'Content-Type': type, ...headers } });
}

interface Options {
  readonly type: string;
  readonly headers?: Record<string, string>;
  /** Adds fields to the request's line in the log. */
  readonly annotate: (fields: Record<string, unknown>) => void;
}
