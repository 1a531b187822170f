import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment } from '../../programs/deployment';
import {
  cited,
  DONE,
  FINISH,
  openStream,
  thought,
  token,
  type Behaviour,
  type Upstream,
} from '../../upstream/upstream';
import { faultRounds } from '../chance';
import { sourceUnit, textUnits, reasoningUnits, unitsOf } from '../../programs/units';
import { framesOf, watchFrames, type SeenFrame } from './cut-stream';

const PIECES = 40;
/** `npm run faults` cuts at every byte, `npm test` at some. */
const EVERY_BYTES = faultRounds() < 100 ? 17 : 1;
/** Emoji of several code units, all kinds of line ends, and text that looks like a frame. */
const ODD = ['👩‍👩‍👧', '\r\n\r\n', 'data:', '🧭\r', 'ü\n\nid:'];
const PARTS = Array.from({ length: PIECES }, (_, n) => ` ${String(n)}${ODD[n % 10] ?? ''}`);
/** Reasoning and text take turns, and some of each cite a page. */
const isThought = (n: number) => n % 6 < 3;
const cites = (n: number) => n % 5 === 4;
const page = (n: number) => `https://x.y/${String(n)}`;
const TEXT = PARTS.filter((_, n) => !isThought(n)).join('');
const WHOLE = PARTS.flatMap((part, n) => [
  ...(isThought(n) ? reasoningUnits(part) : textUnits(part)),
  ...(cites(n) ? [sourceUnit(page(n))] : []),
]).join('');
const contentOf = (frames: readonly SeenFrame[]) => unitsOf(frames).join('');

const thinkingAloud: Behaviour = async (response) => {
  openStream(response);
  for (const [n, part] of PARTS.entries()) {
    response.write(isThought(n) ? thought(part) : token(part));
    if (cites(n)) response.write(cited(page(n)));
    await sleep(40);
  }
  response.end(FINISH + DONE);
};

describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let here: ApiClient;
  let there: ApiClient;
  /** The id of the turn. */
  let turn: string;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
    ({ api: here } = await deployment.start());
    ({ api: there } = await deployment.start());
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
    turn = randomUUID();
  });

  /** Starts a reply of many frames. */
  const send = async (api: ApiClient) => {
    upstream.behave(thinkingAloud);
    const body = { message: 'cut', session_id: await api.createSession() };
    return readSend(api, body, { 'X-Request-ID': turn });
  };

  /** Reads a turn over connections that each break after `most` frames, resuming from the last one. */
  const watchInPieces = async (api: ApiClient, most: number): Promise<string> => {
    const seen = await watchFrames(api, turn, undefined, most);
    while (!seen.at(-1)?.ended) seen.push(...(await watchFrames(api, turn, seen.at(-1)?.id, most)));
    return contentOf(seen);
  };

  test('a reply is complete although its connection breaks after every few frames', async () => {
    const sending = await send(here);
    // The kickoff is a frame too: with one frame per connection there would be no progress.
    const cuts = Array.from({ length: PIECES }, (_, n) => n + 2);
    const texts = await Promise.all([
      ...cuts.map((most) => watchInPieces(here, most)),
      ...[2, 3, 5, 8].map((most) => watchInPieces(there, most)),
    ]);
    // At least some: a busy machine joins late tokens into one frame.
    expect(framesOf(Buffer.from(await sending.ended)).length).toBeGreaterThan(5);
    expect(sending.text()).toBe(TEXT);
    expect(texts).toEqual(texts.map(() => WHOLE));
    expect(upstream.requests).toHaveLength(1);
  });

  test(
    'a stream that breaks at any byte is complete after resuming',
    { timeout: 300_000 },
    async () => {
      const bytes = Buffer.from(await (await send(here)).ended);
      for (let at = 0; at <= bytes.length; at += EVERY_BYTES) {
        const before = framesOf(bytes.subarray(0, at));
        const after = await watchFrames(at % 2 ? here : there, turn, before.at(-1)?.id);
        expect({ at, text: contentOf([...before, ...after]) }).toEqual({ at, text: WHOLE });
        expect(after.filter(({ ended }) => ended)).toHaveLength(1);
      }
      expect(upstream.requests).toHaveLength(1);
    },
  );
});
