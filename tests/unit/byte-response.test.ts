import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ByteResponse } from '../../scripts/server/byte-response.mjs';

const PIECE = '漢'.repeat(20_000);
/** More than the buffers of a connection on this machine hold. */
const PIECES = 150;

test('text with letters of several bytes is sent to its end, also to a reader that waits before it reads', async () => {
  const filled = Promise.withResolvers<undefined>();
  const server = createServer({ ServerResponse: ByteResponse }, (_request, response) => {
    const write = async () => {
      for (let n = 0; n < PIECES; n += 1) {
        if (response.write(PIECE)) continue;
        const drained = once(response, 'drain');
        await setImmediate();
        // Only the reader can empty it now.
        if (response.writableLength > 0) filled.resolve(undefined);
        await drained;
      }
      response.end();
    };
    void write();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [answer] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
  await filled.promise;
  answer.setEncoding('utf8');
  let text = '';
  for await (const piece of answer) text += String(piece);
  server.close();
  expect(text === PIECE.repeat(PIECES)).toBe(true);
});
