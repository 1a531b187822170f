import type { ServerResponse } from 'node:http';
import { expect, vi } from 'vitest';
import type { Rate } from '@/lib/client/net/rate';
import { storageWith } from '@/lib/client/browser/testing';
import { turnRegistry } from '@/lib/client/turns/turn-registry';
import { openTurnController } from '@/lib/client/turns/turn-controller';
import { browserServer } from '../../programs/browser-server';

export const KICKOFF = 'id: 0\ndata: {"request_id":"r1"}\n\n';
export const HELLO = 'id: 5\ndata: {"token":"Hello"}\n\n';
export const AGAIN = 'id: 11\ndata: {"token":"Hello again"}\n\n';
export const DONE = 'id: 5\ndata: {"done":true,"state":"complete","reply_id":"m1"}\n\n';
export const DONE_AGAIN = DONE.replace('id: 5', 'id: 11');
export const STOPPED = 'id: 5\ndata: {"done":true,"state":"stopped","reply_id":"m1"}\n\n';

/** Sends frames as an event stream that stays open. */
export function stream(response: ServerResponse, ...frames: string[]): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    RateLimit: '"minute";r=2;t=30',
  });
  for (const frame of frames) response.write(frame);
}

/** The browser's turns against a server that answers like this. `patient`: never retries by itself. */
export async function openClientTurns(
  answer: (line: string, response: ServerResponse) => void,
  { patient = false } = {},
) {
  const server = await browserServer(answer);
  const storage = storageWith();
  const rates: Rate[] = [];
  const errors: unknown[] = [];
  let failedStops = 0;
  const visit = () =>
    openTurnController({
      registry: turnRegistry((draw) => setImmediate(draw)),
      storage,
      pause: (_, signal) =>
        patient
          ? new Promise((resolve) => {
              signal.addEventListener('abort', () => {
                resolve();
              });
            })
          : Promise.resolve(),
      onRate: (rate) => rates.push(rate),
      onStopFailed: () => (failedStops += 1),
      onError: (thrown) => errors.push(thrown),
    });
  const turns = visit();
  const stopsFailed = () => failedStops;
  const { registry } = turns;
  const lines = () => server.requests.map(({ line }) => line);
  const only = () => {
    const [turn] = registry.of('s');
    if (!turn) throw new Error('there is no turn');
    return turn;
  };
  const ended = () =>
    vi.waitFor(() => {
      expect(only().phase).toBe('ended');
    });
  return {
    turns,
    registry,
    storage,
    rates,
    visit,
    server,
    lines,
    only,
    ended,
    stopsFailed,
    errors,
  };
}

export const SEND = { sessionId: 's', text: 'Hi', model: 'demo', stream: true, retryOf: null };
