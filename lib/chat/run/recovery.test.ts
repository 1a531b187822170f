import { beforeEach, expect, test } from 'vitest';
import { said } from '@/tests/setup/entries';
import { manualClock } from '@/tests/setup/manual-clock';
import { recordingLog, silentLog } from '@/tests/setup/log';
import { turnRecovery } from './recovery';

let running: { instance: string; lifeSign: string; turns: string[] }[];
let here: Set<string>;
let ended: string[];
let away: boolean;
let whileEnding: () => void;
let recover: () => Promise<void>;

const unlessAway = <Value>(value: Value): Promise<Value> =>
  away ? Promise.reject(new Error('locked')) : Promise.resolve(value);

const left = (turns: readonly string[] = []) => turns.filter((id) => !ended.includes(id));

/** One process, known only by its sign of life, with two turns. */
beforeEach(() => {
  running = [{ instance: 'other', lifeSign: '0', turns: ['r', 's'] }];
  here = new Set();
  ended = [];
  away = false;
  whileEnding = () => undefined;
  recover = turnRecovery({
    store: {
      instances: () => Promise.resolve(running.filter(({ turns }) => left(turns).length > 0)),
      runningOn: (name) =>
        Promise.resolve(left(running.find(({ instance }) => instance === name)?.turns)),
      canWrite: () => unlessAway(undefined),
      entriesFrom: () => Promise.resolve(said('Once')),
      end: ({ requestId, state, failure, usage }) => {
        ended.push(requestId);
        whileEnding();
        return Promise.resolve({ state, failure, usage, replyId: null });
      },
    },
    clock: { now: () => new Date(0) },
    log: silentLog,
    instance: 'here',
    runsHere: (requestId) => here.has(requestId),
    isDead: (instance) => instance === 'dead',
  });
});

const times = async (polls: number) => {
  for (let poll = 0; poll < polls; poll += 1) await recover();
};

test('a process whose sign of life changes is alive, whatever the clock', async () => {
  for (let look = 0; look < 10; look += 1) {
    running = running.map((each) => ({ ...each, lifeSign: String(-look) }));
    await recover();
  }
  expect(ended).toEqual([]);
});

test('the turns of a process are recovered after four polls with the same sign of life', async () => {
  await times(3);
  expect(ended).toEqual([]);
  await recover();
  expect(ended).toEqual(['r', 's']);
});

test('a process that wakes up while the turns of another are ended keeps its own', async () => {
  running.push({ instance: 'sleeping', lifeSign: '0', turns: ['old'] });
  whileEnding = () => {
    running = running.map((each) =>
      each.instance === 'sleeping' ? { ...each, lifeSign: '1', turns: ['old', 'new'] } : each,
    );
  };
  await times(5);
  expect(ended).toEqual(['r', 's']);
});

test('the turns of a process that is certainly gone are recovered at once, and no others', async () => {
  running.push({ instance: 'dead', lifeSign: '0', turns: ['t'] });
  await recover();
  expect(ended).toEqual(['t']);
});

test('a process leaves the turns that it runs alone, and ends those that it has lost', async () => {
  running = [{ instance: 'here', lifeSign: '0', turns: ['runs', 'lost'] }];
  here.add('runs');
  await times(3);
  running = [{ instance: 'here', lifeSign: '1', turns: ['runs', 'lost', 'begins'] }];
  await recover();
  expect(ended).toEqual(['lost']);
});

test('after a time without writes a process gets the whole period again', async () => {
  await times(3);
  away = true;
  await expect(recover()).rejects.toThrow('locked');
  away = false;
  await times(3);
  expect(ended).toEqual([]);
});

test('a turn that cannot be ended does not block the recovery of others, and is retried', async () => {
  const log = recordingLog();
  let mistaken = true;
  recover = turnRecovery({
    store: {
      instances: () => Promise.resolve([{ instance: 'dead', lifeSign: 'one' }]),
      runningOn: (instance) =>
        Promise.resolve(left(instance === 'dead' ? ['one', 'bad', 'two'] : [])),
      canWrite: () => Promise.resolve(),
      entriesFrom: () => Promise.resolve(said('Once')),
      end: ({ requestId, state, failure, usage }) => {
        if (requestId === 'bad' && mistaken) return Promise.reject(new Error('cannot be ended'));
        ended.push(requestId);
        return Promise.resolve({ state, failure, usage, replyId: null });
      },
    },
    clock: manualClock(),
    log: log.log,
    instance: 'here',
    runsHere: () => false,
    isDead: () => true,
  });
  await recover();
  expect(ended).toEqual(['one', 'two']);
  expect(log.logged.map(({ event }) => event)).toContain('turn.recover_failed');
  mistaken = false;
  await recover();
  expect(ended).toEqual(['one', 'two', 'bad']);
});
