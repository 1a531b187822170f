import { request } from 'node:http';

interface RawAnswer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends a request that `fetch` would not: with any Host, and a path that is not normalized. */
export const rawly = (
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
  body = '{"message":"hi"}',
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(url);
    request({ host, port, path, headers, method }, (response) => {
      let answered = '';
      response.on('data', (piece: Buffer) => (answered += piece.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode, body: answered });
      });
    })
      .on('error', reject)
      .end(method === 'POST' ? body : undefined);
  });
