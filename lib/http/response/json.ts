export const JSON_TYPE = 'application/json; charset=utf-8';

/** A JSON response that no cache may store. */
export function json(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: {
      'Content-Type': JSON_TYPE,
      'Cache-Control': 'no-store',
      ...init.headers,
    },
  });
}
