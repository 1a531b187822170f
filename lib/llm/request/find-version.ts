import { lacksVersion } from './address';

type Fetch = typeof fetch;

const VERSION = '/v1';

/**
 * `fetch` for the server at `base`, whose `/v1` people forget: what the address as it stands does not have is looked for
 * there. `onFound` is called when it was found; from then on it is asked there at once.
 */
export function findingVersion(base: string, send: Fetch, onFound: () => void): Fetch {
  if (!lacksVersion(base)) return send;
  let found: '' | typeof VERSION | null = null;
  const versioned = (url: string) => base + VERSION + url.slice(base.length);

  return async (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (found !== null || !url.startsWith(base))
      return send(found === VERSION ? versioned(url) : input, init);
    const first = await send(input, init);
    const [plain, isThere] = await endpoint(first);
    if (isThere) {
      if (plain.ok) found = '';
      return plain;
    }
    const [other, isThereToo] = await endpoint(await send(versioned(url), init));
    if (!isThereToo) {
      void other.body?.cancel();
      return plain;
    }
    void plain.body?.cancel();
    if (other.status < 500) {
      found = VERSION;
      onFound();
    }
    return other;
  };
}

/** Whether a server has what it was asked for; a page, and LM Studio's `200` with an error, say that it has not. */
async function endpoint(response: Response): Promise<readonly [Response, boolean]> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 404 || response.status === 405 || /html/i.test(type))
    return [response, false];
  if (!response.body || !/json/i.test(type)) return [response, true];
  const reader = response.body.getReader();
  const { value } = await reader.read();
  const says = /^\s*\{\s*"error"\s*:\s*"/.test(new TextDecoder().decode(value));
  return [new Response(rest(value, reader), response), !says];
}

/** A body whose first piece was read. */
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
