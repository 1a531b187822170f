import { lacksVersion } from '@/lib/env/upstream/address';

type Fetch = typeof fetch;

const VERSION = '/v1';

/**
 * `fetch` for a base URL without `/v1`, which people forget: a path that is missing is retried under `/v1`. Calls
 * `onFound` when that succeeds, and then uses `/v1` for that path at once.
 */
export function findingVersion(base: string, send: Fetch, onFound: () => void): Fetch {
  if (!lacksVersion(base)) return send;
  /** By path: a server may have some under `/v1` and others not. */
  const prefixes = new Map<string, '' | typeof VERSION>();

  return async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (!url.startsWith(base)) return send(input, init);
    const path = url.slice(base.length);
    const prefix = prefixes.get(path);
    if (prefix !== undefined) return send(base + prefix + path, init);
    const [plain, isThere] = await endpoint(await send(input, init));
    if (isThere) {
      if (plain.ok) prefixes.set(path, '');
      return plain;
    }
    const [other, isThereToo] = await endpoint(await send(base + VERSION + path, init));
    void (isThereToo ? plain : other).body?.cancel();
    if (isThereToo && other.status < 500) {
      prefixes.set(path, VERSION);
      onFound();
    }
    return isThereToo ? other : plain;
  };
}

/** Whether the endpoint exists; an HTML page, and LM Studio's 200 with an error, mean that it does not. */
async function endpoint(response: Response): Promise<readonly [Response, boolean]> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 404 || response.status === 405 || /html/i.test(type))
    return [response, false];
  if (!response.ok || !response.body || !/json/i.test(type)) return [response, true];
  const reader = response.body.getReader();
  const { value } = await reader.read();
  const says = /^\s*\{\s*"error"\s*:\s*"/.test(new TextDecoder().decode(value));
  return [new Response(rest(value, reader), response), !says];
}

/** The body again, after its first piece was read. */
const rest = (first: Uint8Array | undefined, reader: ReadableStreamDefaultReader<Uint8Array>) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      if (first) controller.enqueue(first);
      else controller.close();
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
