import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE, type EmptyDatabase } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { REVERSE_PROXIES, startReverseProxy } from '../../programs/reverse-proxy';
import { commandLine } from '../../setup/operator/command-line';

const APP_SECRET = 'a secret that is only used by these tests';
let place: EmptyDatabase;
let deployment: Deployment;
/** By what they trust. */
let trusting: Record<'none' | 'one' | 'two', Instance>;

beforeAll(async () => {
  place = await SQLITE.empty();
  deployment = await openDeployment(place, { APP_SECRET });
  const start = (TRUSTED_PROXIES: string) => deployment.start({ TRUSTED_PROXIES });
  const [none, one, two] = [await start('0'), await start('1'), await start('2')];
  trusting = { none, one, two };
});
afterAll(() => deployment.remove());

/** What the doctor says about the way to the server by this address, without "ok". */
async function complaints(url: string, more: Record<string, string> = {}): Promise<string[]> {
  const run = commandLine({ DATABASE_URI: place.uri, APP_SECRET, ...more });
  const { out } = await run('doctor', '--url', url);
  const lines = out.split('\n').filter((line) => line.includes(' proxy '));
  expect(lines.length).toBeGreaterThan(0);
  return lines.filter((line) => !line.startsWith('ok'));
}

/** A proxy that passes everything on, and does what `answer` and `headers` make of it. */
async function badProxy(
  target: string,
  answer: (from: IncomingMessage, to: ServerResponse) => void,
  headers: Record<string, string> = {},
): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    const options = { headers: { ...incoming.headers, ...headers } };
    request(new URL(incoming.url ?? '', target), options, (from) => {
      outgoing.writeHead(from.statusCode ?? 500, from.headers);
      answer(from, outgoing);
    }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const buffering = (from: IncomingMessage, to: ServerResponse) => {
  const pieces: Buffer[] = [];
  from.on('data', (piece: Buffer) => pieces.push(piece));
  from.on('end', () => to.end(Buffer.concat(pieces)));
};

test('a server without a proxy is as it should be, unless it trusts one', async () => {
  expect(await complaints(trusting.none.url)).toEqual([]);
  expect(await complaints(trusting.one.url)).toEqual([
    expect.stringContaining('forge its address'),
  ]);
});

for (const kind of REVERSE_PROXIES)
  test.skipIf(kind.file === null)(
    `behind ${kind.name} it finds whether that is trusted (needs ${kind.name})`,
    async () => {
      const behind = async ({ url }: Instance) => {
        const proxy = await startReverseProxy(kind, url);
        const said = await complaints(proxy.url);
        await proxy.stop();
        return said;
      };
      expect(await behind(trusting.one)).toEqual([]);
      expect(await behind(trusting.none)).toEqual([expect.stringContaining('TRUSTED_PROXIES=1')]);
      // Caddy passes no forged address on, so there is none to be believed.
      const forged = expect.stringContaining('more proxies than there are') as string;
      expect(await behind(trusting.two)).toEqual(kind.name === 'nginx' ? [forged] : []);
    },
  );

test('a proxy that holds streams back is a problem', async () => {
  const proxy = await badProxy(trusting.none.url, buffering);
  expect(await complaints(proxy.url)).toEqual([
    expect.stringMatching(/^problem .* holds streams back/),
  ]);
  proxy.close();
});

test('a name that is not allowed, a stranger and an address without a server', async () => {
  const pass = (from: IncomingMessage, to: ServerResponse) => from.pipe(to);
  const proxy = await badProxy(trusting.none.url, pass, { host: 'chat.example.com' });
  expect(await complaints(proxy.url)).toEqual([expect.stringContaining('ALLOWED_HOSTS')]);
  proxy.close();
  expect(await complaints(proxy.url)).toEqual([expect.stringContaining('cannot be reached')]);
  const other = { APP_SECRET: 'another secret that is only used here' };
  expect(await complaints(trusting.none.url, other)).toEqual([
    expect.stringContaining('another secret'),
  ]);
  expect((await fetch(`${trusting.none.url}/health/proxy`)).status).toBe(404);
});
