type Fetch = typeof fetch;

/**
 * `fetch` that wraps JSON errors in `error`, where the SDK reads them: other servers send an array, FastAPI's `detail`
 * or a top-level message.
 */
export const withErrorObject =
  (send: Fetch): Fetch =>
  async (...request) => {
    const response = await send(...request);
    const isJson = /json/i.test(response.headers.get('content-type') ?? '');
    if (response.status < 400 || !isJson) return response;
    // If the body breaks off, the status remains.
    const text = await response.text().catch(() => '');
    return new Response(text && wrapped(text), response);
  };

function wrapped(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    const has = typeof body === 'object' && body !== null && 'error' in body;
    return has ? text : JSON.stringify({ error: body });
  } catch (malformed) {
    if (malformed instanceof SyntaxError) return text;
    throw malformed;
  }
}
