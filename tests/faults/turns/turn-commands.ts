import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ApiClient } from '../../programs/api-client';
import { readSend, readWatch } from '../../programs/app-reader';
import { unitsOfMessage, type Units } from '../../programs/units';
import type { Upstream } from '../../upstream/upstream';
import type { HeldReplies } from './held-replies';

/** The system under test: two processes on one database, and one session. */
export interface Place {
  readonly apis: ApiClient[];
  sessionId: string;
  readonly upstream: Upstream;
  readonly held: HeldReplies;
  /** How often each command was run. */
  readonly done: Map<string, number>;
  kill(index: number): Promise<void>;
}

type EndState = 'complete' | 'stopped' | 'interrupted';

/** A question and its reply. */
interface Slot {
  readonly question: string;
  reply: { units: Units; state: EndState } | null;
}

interface ModelTurn {
  /** Its idempotency key, and its request id. */
  readonly key: string;
  readonly slot: Slot;
  readonly body: object;
  /** The process that runs it. */
  readonly instance: number;
  readonly begunWith: Units;
  units: Units;
  running: boolean;
  /** Its process was killed. */
  killed?: boolean;
}

/** The model of a session, without network, database or other processes. */
interface Model {
  readonly slots: Slot[];
  readonly turns: ModelTurn[];
}

const turnOf = ({ turns }: Model, index: number) => turns[index % turns.length] as ModelTurn;
const runningOf = ({ turns }: Model, index: number): ModelTurn | undefined => {
  const running = turns.filter((turn) => turn.running);
  return running[index % running.length];
};
const apiOf = ({ apis }: Place, instance: number) => apis[instance] as ApiClient;

/** An ended turn returns the current reply, including what later turns appended. */
const unitsOf = ({ running, units, slot }: ModelTurn): Units =>
  running ? units : (slot.reply?.units ?? []);

/** A turn without output leaves the reply unchanged. */
function end(turn: ModelTurn, state: EndState): void {
  turn.running = false;
  if (turn.units !== turn.begunWith) turn.slot.reply = { units: turn.units, state };
}

/** Checks that every process agrees with the model, and that each turn was generated once. */
async function compare(model: Model, real: Place): Promise<void> {
  const expected = model.slots.flatMap(({ question, reply }) => [
    [question, undefined],
    ...(reply
      ? [[reply.units.join(''), reply.state === 'complete' ? undefined : reply.state]]
      : []),
  ]);
  for (const api of real.apis) {
    const messages = await api.messages(real.sessionId);
    expect(messages.map((message) => [unitsOfMessage(message).join(''), message.state])).toEqual(
      expected,
    );
  }
  expect(real.upstream.requests).toHaveLength(model.turns.length);
}

const watch = (real: Place, { key }: ModelTurn, instance: number, after = '') =>
  readWatch(apiOf(real, instance), key, after ? { 'Last-Event-ID': after } : {});

const NOTHING: Units = [];

type Run = (model: Model, real: Place) => Promise<void>;

const command = (
  name: string,
  args: number[],
  check: (model: Model) => boolean,
  run: Run,
): fc.AsyncCommand<Model, Place> => ({
  check: (model) => check(model),
  run: async (model, real) => {
    await run(model, real);
    await compare(model, real);
    real.done.set(name, (real.done.get(name) ?? 0) + 1);
  },
  toString: () => `${name}(${args.join(', ')})`,
});

async function begin(model: Model, real: Place, turn: ModelTurn): Promise<void> {
  const headers = { 'Idempotency-Key': turn.key, 'X-Request-ID': turn.key };
  model.turns.push(turn);
  const reading = await readSend(apiOf(real, turn.instance), turn.body, headers);
  await expect.poll(() => real.upstream.requests.length).toBe(model.turns.length);
  await expect.poll(() => real.held.isHeld(turn.slot.question)).toBe(true);
  reading.leave();
}

export const send = (instance: number) =>
  command(
    'send',
    [instance],
    // Few questions, so that each gets many commands.
    ({ slots }) => slots.length < 4,
    async (model, real) => {
      const slot: Slot = { question: `question ${String(model.slots.length + 1)}`, reply: null };
      model.slots.push(slot);
      const body = { session_id: real.sessionId, message: slot.question };
      const turn = { key: randomUUID(), slot, body, instance, begunWith: NOTHING, units: NOTHING };
      await begin(model, real, { ...turn, running: true });
    },
  );

const goOn = (instance: number) =>
  command(
    'continue',
    [instance],
    ({ slots, turns }) => {
      const slot = slots.at(-1);
      const busy = turns.some((turn) => turn.running && turn.slot === slot);
      return !busy && slot?.reply != null && slot.reply.state !== 'complete';
    },
    async (model, real) => {
      const before = model.turns.findLast(({ slot }) => slot === model.slots.at(-1)) as ModelTurn;
      const units = before.slot.reply?.units ?? NOTHING;
      const body = { session_id: real.sessionId, continue: before.key };
      const turn = {
        key: randomUUID(),
        slot: before.slot,
        body,
        instance,
        begunWith: units,
        units,
      };
      await begin(model, real, { ...turn, running: true });
    },
  );

const sendAgain = (index: number, instance: number) =>
  command(
    'sendAgain',
    [index, instance],
    ({ turns }) => turns.length > 0,
    async (model, real) => {
      const turn = turnOf(model, index);
      const reading = await readSend(apiOf(real, instance), turn.body, {
        'Idempotency-Key': turn.key,
      });
      const whole = unitsOf(turn).join('');
      await (turn.running ? reading.seen(whole, reading.content) : reading.ended);
      expect(reading.content()).toBe(whole);
      reading.leave();
    },
  );

/** Emits a thought, a source and text, and waits until the other process shows it, so it is stored. */
const say = (index: number) =>
  command(
    'say',
    [index],
    (model) => runningOf(model, index) !== undefined,
    async (model, real) => {
      const turn = runningOf(model, index) as ModelTurn;
      const said = real.held.say(turn.slot.question, ` ${String(turn.units.length)}🧭`);
      turn.units = [...turn.units, ...said];
      const whole = turn.units.join('');
      const readings = await Promise.all(real.apis.map((_, n) => watch(real, turn, n)));
      for (const reading of readings) {
        await reading.seen(whole, reading.content);
        expect(reading.content()).toBe(whole);
        reading.leave();
      }
    },
  );

const finish = (index: number) =>
  command(
    'finish',
    [index],
    (model) => {
      const turn = runningOf(model, index);
      return turn !== undefined && turn.units !== turn.begunWith;
    },
    async (model, real) => {
      const turn = runningOf(model, index) as ModelTurn;
      const readings = await Promise.all(real.apis.map((_, n) => watch(real, turn, n)));
      real.held.finish(turn.slot.question);
      for (const { ended } of readings) expect(await ended).toContain('"state":"complete"');
      end(turn, 'complete');
    },
  );

const stop = (index: number, instance: number) =>
  command(
    'stop',
    [index, instance],
    (model) => runningOf(model, index) !== undefined,
    async (model, real) => {
      const turn = runningOf(model, index) as ModelTurn;
      const path = `/api/chat/stream/${turn.key}`;
      expect((await apiOf(real, instance).call('DELETE', path)).status).toBe(204);
      const { ended } = await watch(real, turn, instance);
      expect(await ended).toContain('"state":"stopped"');
      end(turn, 'stopped');
    },
  );

const watchFrom = (index: number, instance: number, share: number) =>
  command(
    'watch',
    [index, instance, share],
    ({ turns }) => turns.length > 0,
    async (model, real) => {
      const turn = turnOf(model, index);
      const units = unitsOf(turn);
      const offset = Math.floor((units.length * share) / 100);
      // A client may have more of a killed turn than was stored, so it resumes no later than the stored length.
      const rest = units.slice(turn.killed ? Math.min(offset, turn.units.length) : offset).join('');
      const reading = await watch(real, turn, instance, String(offset));
      await (turn.running ? reading.seen(rest, reading.content) : reading.ended);
      expect(reading.content()).toBe(rest);
      reading.leave();
    },
  );

const kill = (instance: number) =>
  command(
    'kill',
    [instance],
    ({ turns }) => turns.some((turn) => turn.running && turn.instance === instance),
    async (model, real) => {
      await real.kill(instance);
      for (const turn of model.turns)
        if (turn.running && turn.instance === instance) {
          turn.killed = true;
          end(turn, 'interrupted');
        }
    },
  );

const instance = fc.nat(1);
const index = fc.nat(20);

/** The commands, which may run in any order. */
export const commands = [
  instance.map(send),
  fc.tuple(index, instance).map((chosen) => sendAgain(...chosen)),
  index.map(say),
  index.map(say),
  index.map(finish),
  fc.tuple(index, instance).map((chosen) => stop(...chosen)),
  instance.map(goOn),
  instance.map(goOn),
  instance.map(goOn),
  fc.tuple(index, instance, fc.nat(100)).map((chosen) => watchFrom(...chosen)),
  instance.map(kill),
];
