import { expect, test } from 'vitest';
import { openStreams } from './open-streams';

const open = (limits: Partial<Parameters<typeof openStreams>[0]>) =>
  openStreams({ perOwner: 100, perAddress: 100, max: 100, ...limits });
const of = (owner: string, address = 'here') => ({ owner, address });
const refusal = (reason: string) =>
  expect.objectContaining({
    failure: expect.objectContaining({ kind: 'over-budget', retryAfterSeconds: 10, reason }),
  });

test('each limit refuses on its own, names itself, and does not count refused streams', () => {
  const streams = open({ perOwner: 2, perAddress: 3, max: 4 });
  streams.enter(of('a'));
  const leave = streams.enter(of('a'));
  expect(() => streams.enter(of('a'))).toThrow(refusal('STREAMS_PER_OWNER'));
  streams.enter(of('b'));
  expect(() => streams.enter(of('c'))).toThrow(refusal('STREAMS_PER_ADDRESS'));
  streams.enter(of('c', 'there'));
  expect(() => streams.enter(of('d', 'elsewhere'))).toThrow(refusal('STREAMS_MAX'));
  leave();
  streams.enter(of('a'));
});

test('a second release does nothing', () => {
  const streams = open({ perOwner: 2 });
  const leave = streams.enter(of('a'));
  streams.enter(of('a'));
  leave();
  leave();
  streams.enter(of('a'));
  expect(() => streams.enter(of('a'))).toThrow(refusal('STREAMS_PER_OWNER'));
});
