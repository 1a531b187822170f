import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Env } from '@/lib/env';
import { secretFileOf } from '@/lib/env/database';
import { causesOf } from '@/lib/errors';
import { derivedKey } from '@/lib/http/identity/cookies/secret';
import { DOCTOR_HEADER, doctorSignature } from '@/lib/http/identity/doctor-signature';
import type { ReceivedRequest } from '@/lib/http/edge/received-request';
import { clockFindings } from './clock';
import { finder, type Finding } from './finding';

const { ok, warning, problem } = finder('proxy');

/** An address of the documentation, which no client has: a server must not take it for this one. */
const FORGED = '203.0.113.77';
const TIMEOUT_MS = 20_000;
/** The server sends its pieces over 800 ms. */
const SPREAD_MS = 400;

/** Asks the running server, at its public address, how the request arrived there. */
export async function checkProxy(settings: Env, url: URL): Promise<Finding[]> {
  const secret = secretOf(settings);
  if (secret === null)
    return [problem('There is no secret yet, so the server has not started: start it first.')];
  const signature = doctorSignature(derivedKey(secret, 'doctor'), Date.now());
  const sentAt = Date.now();
  try {
    const response = await fetch(new URL('/health/proxy', url), {
      headers: { [DOCTOR_HEADER]: signature, 'X-Forwarded-For': FORGED },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const date = response.headers.get('date');
    const answeredAt = Date.now();
    if (response.status !== 200) {
      const isUnchosen = (await response.text()).includes('"reason":"access"');
      return [problem(isUnchosen ? UNCHOSEN : statusSentence(response, url))];
    }
    const { received, spreadMs } = await read(response);
    return [
      ok(`The server answers at ${url.origin}.`),
      streamFinding(spreadMs),
      ...arrivalFindings(received, url),
      // A second is what the header leaves open.
      ...(date ? clockFindings('the server', new Date(date), sentAt - 1000, answeredAt) : []),
    ];
  } catch (thrown) {
    return [problem(`${url.origin} cannot be reached: ${causesOf(thrown)}`)];
  }
}

function secretOf({ APP_SECRET, DATABASE }: Env): string | null {
  if (APP_SECRET !== undefined || DATABASE.dialect !== 'sqlite') return APP_SECRET ?? null;
  try {
    return readFileSync(secretFileOf(DATABASE.file), 'utf8');
  } catch {
    return null;
  }
}

const seenSchema = z.object({
  address: z.string().nullable(),
  protocol: z.string().nullable(),
  isProxied: z.boolean(),
  forwardedFor: z.string().nullable(),
});

/** The first piece, and how long after it the last one came. */
async function read({ body }: Response): Promise<{ received: ReceivedRequest; spreadMs: number }> {
  const decoder = new TextDecoder();
  let [text, first, last] = ['', 0, 0];
  for await (const piece of body ?? []) {
    last = performance.now();
    first ||= last;
    text += decoder.decode(piece, { stream: true });
  }
  const [, json = ''] = /^data: (.*)$/m.exec(text) ?? [];
  return { received: seenSchema.parse(JSON.parse(json)), spreadMs: last - first };
}

const streamFinding = (spreadMs: number): Finding =>
  spreadMs >= SPREAD_MS
    ? ok('Streams arrive piece by piece.')
    : problem(
        'The proxy holds streams back: replies appear all at once. Turn its buffering off (nginx: proxy_buffering off), and that of compression.',
      );

/** What the way of the request says about TRUSTED_PROXIES and https. */
export function arrivalFindings(received: ReceivedRequest, url: URL): Finding[] {
  return [addressFinding(received), protocolFinding(received, url)];
}

function addressFinding({ address, isProxied, forwardedFor }: ReceivedRequest): Finding {
  if (address === FORGED)
    return problem(
      'Any client can forge its address: TRUSTED_PROXIES trusts more proxies than there are in front, or this machine is in a trusted network: ask from outside.',
    );
  if (!isProxied && forwardedFor !== null && forwardedFor !== FORGED)
    return problem(
      'A proxy is in front and is not trusted, so everyone counts as one client: set TRUSTED_PROXIES=1, or its networks.',
    );
  return ok(`This client is counted as ${address ?? 'unknown'}: compare it with its real address.`);
}

function protocolFinding({ protocol, isProxied }: ReceivedRequest, url: URL): Finding {
  if (url.protocol === 'https:')
    return protocol === 'https'
      ? ok('The server knows that people come by https.')
      : problem(
          `The server does not know that people come by https: let the proxy send X-Forwarded-Proto${isProxied ? '' : ', and set TRUSTED_PROXIES'}.`,
        );
  return /^(localhost|127\.|\[::1\])/.test(url.hostname)
    ? ok('This address is of this machine only; use the public one to check https.')
    : warning('What people write goes over the network unencrypted: use https.');
}

const UNCHOSEN =
  'The server refuses what a proxy passes on until ACCESS says who may use it: set ACCESS.';

function statusSentence({ status, headers }: Response, { origin, hostname }: URL): string {
  const answered = `${origin} answers with the status ${String(status)}`;
  if (status === 421) return `${answered}: add ${hostname} to ALLOWED_HOSTS.`;
  if (status === 401)
    return `${answered}: the proxy asks for a password. Let it pass /health, /health/ready and /health/proxy.`;
  if (status === 403) return `${answered}: BLOCKED_ADDRESSES or the proxy refuse this machine.`;
  if (status === 404)
    return `${answered}: it is another program, another version, or a server with another secret.`;
  if (status >= 300 && status < 400)
    return `${answered}, to ${headers.get('location') ?? 'nowhere'}: give that address.`;
  if (status >= 502 && status <= 504)
    return `${answered}: is the server running, and does the proxy pass requests to HOST and PORT?`;
  return `${answered}.`;
}
