type Fetch = typeof fetch;

/**
 * `fetch`, whose JSON errors all have their words under `error`, where the SDK looks for them: other servers send an
 * array, FastAPI's `detail`, or a message at the top.
 */
export const withErrorObject =
  (send: Fetch): Fetch =>
  async (...request) => {
    const response = await send(...request);
    const isJson = /json/i.test(response.headers.get('content-type') ?? '');
    if (response.status < 400 || !isJson) return response;
    // Of a body that breaks off the status is left.
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
