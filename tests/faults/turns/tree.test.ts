import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '@/db/engine/client';
import { openStore, type Store } from '@/db/store';
import { ENGINES, type EmptyDatabase } from '../../databases/engines';
import { recount } from '../../databases/recount';
import { allPages } from '../../setup/all-pages';
import { said } from '../../setup/entries';
import { at, createSession, type StoredSession } from '../../setup/stored-session';
import { faultRounds, faultSeed } from '../chance';
import { TreeModel, type ModelMessage } from './tree-model';

const KINDS = ['send', 'edit', 'regenerate', 'end', 'show', 'fork', 'delete'] as const;
const ENDS = ['complete', 'stopped', 'failed', 'wordless'] as const;

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS, 'send' as const, 'end' as const, 'end' as const),
    which: fc.nat(1000),
    end: fc.constantFrom(...ENDS),
    writer: fc.nat(1),
  }),
  { minLength: 5, maxLength: 40 },
);

type Step = Parameters<Parameters<typeof steps.map>[0]>[0][number];

/** The person's own view of one session, through one of two processes. */
interface Writer {
  readonly store: Store;
  readonly session: StoredSession;
}

const pick = <Item>(items: readonly Item[], which: number): Item | undefined =>
  items[which % Math.max(1, items.length)];

type Change = () => void;

/** Run a step on the store. Resolve to the change of the model that says the same; null: none. */
const COMMANDS: Readonly<
  Record<Step['kind'], (writer: Writer, model: TreeModel, step: Step) => Promise<Change | null>>
> = {
  send: async ({ session }, model) => {
    const { turn } = await session.begin({ text: newText() });
    return () => {
      model.ask({ ...turn, own: true }, turn.text, model.head);
    };
  },
  edit: async ({ session }, model, { which }) => {
    const edited = pick([...model.messages.values()].filter(isUser), which);
    if (!edited) return null;
    const { turn } = await session.begin({ text: newText(), parent: edited.parent });
    return () => {
      model.ask({ ...turn, own: true }, turn.text, edited.parent);
    };
  },
  regenerate: async ({ session }, model, { which }) => {
    const reply = pick(
      [...model.messages.values()].filter((each) => !isUser(each)),
      which,
    );
    if (!reply || reply.parent === null) return null;
    const { turn } = await session.regenerate(reply.id);
    const { parent: userMessageId } = reply;
    return () => {
      model.ask({ ...turn, userMessageId, own: false }, '', null);
    };
  },
  end: async ({ session }, model, { which, end }) => {
    const turn = pick(model.running, which);
    if (!turn) return null;
    const state = end === 'wordless' ? 'stopped' : end;
    const reply = end === 'complete' || end === 'stopped' ? newText() : '';
    await session.end(turn.requestId, { state, entries: said(reply) });
    return () => {
      model.end(turn, state, reply);
    };
  },
  show: async ({ session }, model, { which }) => {
    const message = pick([...model.messages.values()], which);
    if (!message) return null;
    await session.show(message.id);
    return () => {
      model.head = model.newestBelow(message.id);
    };
  },
  fork: async (writer, model, { which }) => {
    const message = pick([...model.messages.values()], which);
    if (message) await checkFork(writer, model, message);
    return null;
  },
  delete: async ({ store, session }) => {
    const { owner, sessionId } = session;
    await store.sessions.remove(owner, sessionId, at(6));
    await expect(store.messages.branch(session)).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
    await store.sessions.restore(owner, sessionId, at(7));
    return null;
  },
};

const newText = () => `text ${randomUUID()}`;
const isUser = ({ role }: ModelMessage) => role === 'user';
const written = (messages: readonly ModelMessage[]) => messages.filter(({ running }) => !running);
const contents = (messages: readonly { readonly content: string }[]) =>
  messages.map(({ content }) => content);

async function checkFork({ store, session }: Writer, model: TreeModel, message: ModelMessage) {
  const { owner, sessionId: id } = session;
  const fork = { owner, id, messageId: message.id, newId: randomUUID(), now: at(5) };
  const { id: sessionId } = await store.branches.fork(fork);
  expect(contents(await store.messages.branch({ owner, sessionId }))).toEqual(
    contents(written(model.branch(message.id))),
  );
}

/** The store shows what the model has: the branch, the siblings, the whole tree and the failed words. */
async function check({ store, session }: Writer, model: TreeModel) {
  const { owner, sessionId } = session;
  const stored = await store.sessions.get(owner, sessionId);
  expect(stored.head).toBe(model.head);
  const branch = model.branch();
  expect(stored.opening).toBe(branch.find(isUser)?.content ?? null);
  const placed = await allPages(store.branches.placed({ owner, sessionId }));
  expect(placed.map(({ id, parent, siblings }) => ({ id, parent, siblings }))).toEqual(
    written(branch).map((message) => ({
      id: message.id,
      parent: message.parent,
      siblings: model.siblings(message),
    })),
  );
  const places = await store.branches.places(placed);
  for (const { id, siblings } of placed) {
    const index = siblings.indexOf(id);
    const place = {
      at: index + 1,
      of: siblings.length,
      previous: siblings[index - 1] ?? null,
      next: siblings[index + 1] ?? null,
    };
    expect(places.get(id)).toEqual(siblings.length > 1 ? place : undefined);
  }
  const tree = await allPages(store.branches.tree(owner, sessionId));
  expect(contents(tree)).toEqual(contents(written([...model.messages.values()])));
  const failed = await store.turns.failedIn(owner, sessionId);
  expect(failed.map(({ text }) => text).toSorted()).toEqual(model.failed.toSorted());
}

describe.each(ENGINES)('on $name', ({ name, empty }) => {
  const seed = faultSeed();
  const property = { seed, numRuns: faultRounds() * 2, endOnFailure: true };
  let place: EmptyDatabase;
  let stores: Store[];

  beforeEach(async () => {
    place = await empty();
    stores = [await openStore(place.database), await openStore(place.database)];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await place.remove();
  });

  const writersOf = async (): Promise<Writer[]> => {
    const [first] = stores as [Store];
    const session = await createSession(first);
    return stores.map((store) => ({ store, session: session.on(store) }));
  };
  const checkCounts = async ({ session }: Writer) => {
    const db = await openDatabase(place.database);
    const { counted, found } = await recount(db, session.owner);
    await db.close();
    expect(counted).toEqual(found);
  };

  test(`${name}: two writers edit, regenerate, switch, fork and delete as on a plain tree, seed ${String(seed)}`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const writers = await writersOf();
        const model = new TreeModel();
        for (const step of taken) {
          const writer = writers[step.writer] as Writer;
          const change = await COMMANDS[step.kind](writer, model, step);
          change?.();
          await check(writers[1 - step.writer] as Writer, model);
        }
        await checkCounts(writers[0] as Writer);
      }),
      property,
    );
    expect.hasAssertions();
  });

  test(`${name}: two writers at once leave one tree, with each reply under its question, seed ${String(seed)}`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (mine, theirs) => {
        const writers = await writersOf();
        const { store, session } = writers[0] as Writer;
        await session.append('first');
        const texts = await Promise.all(
          [mine, theirs].map((taken, n) => talk(writers[n] as Writer, taken)),
        );
        const { owner, sessionId } = session;
        const tree = await allPages(store.branches.tree(owner, sessionId));
        const ids = new Map(tree.map((message) => [message.id, message]));
        const answers = tree.filter(({ parent }) => parent !== null);
        for (const { parent, seq } of answers) expect(ids.get(parent ?? '')?.seq).toBeLessThan(seq);
        for (const [question, reply] of texts.flat()) {
          const stored = tree.find(({ content }) => content === reply);
          expect(ids.get(stored?.parent ?? '')?.content).toBe(question);
        }
        const { head } = await store.sessions.get(owner, sessionId);
        const branch = await store.messages.branch({ owner, sessionId });
        expect(branch.at(-1)?.id).toBe(head);
        expect(tree.some(({ parent }) => parent === head)).toBe(false);
        await checkCounts(writers[0] as Writer);
      }),
      property,
    );
  });
});

/** One writer's steps without a look at the other's. Returns its questions with their replies. */
async function talk({ store, session }: Writer, taken: readonly Step[]) {
  const told: (readonly [string, string])[] = [];
  for (const { kind, which, end } of taken) {
    const branch = await store.messages.branch(session);
    const message = pick(branch, which);
    if (!message) throw new Error('the first message is gone');
    if (kind === 'show') await session.show(message.id).catch(unlessGone);
    const begun = await (kind === 'regenerate'
      ? session.regenerate(message.id).catch(unlessGone)
      : session
          .begin({
            text: `text ${randomUUID()}`,
            ...(kind === 'edit' && { parent: message.parent }),
          })
          .catch(unlessGone));
    if (begun?.begun.kind !== 'started') continue;
    const reply = end === 'complete' ? `reply ${randomUUID()}` : '';
    const state = end === 'wordless' ? 'stopped' : end;
    const { requestId } = begun.turn;
    await session.end(requestId, { state, entries: said(reply) });
    if (reply) told.push([begun.begun.question, reply]);
  }
  return told;
}

/** The other writer may have taken the message away. */
function unlessGone(thrown: unknown): null {
  expect(thrown).toMatchObject({ failure: { kind: 'not-found' } });
  return null;
}
