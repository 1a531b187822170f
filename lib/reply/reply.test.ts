import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  after,
  before,
  clip,
  isWritten,
  lengthOfAll,
  textOf,
  type Entry,
  type EntryKind,
} from './entry';
import { gather } from './gather';
import { replyLog, type Batch } from './log';
import { contentOfPart, entriesOf, partsOf, storedReply } from './parts';
import { retract } from './retract';
import { sourceText } from './source';

const kind = fc.constantFrom<EntryKind>('text', 'reasoning');
const written = fc.record({ kind, text: fc.string({ minLength: 1, maxLength: 6 }) });
/** The last one is of a newer version. */
const atomicKind = fc.constantFrom('source', 'unknown', 'tool-call' as EntryKind);
const atomic = fc.record({
  kind: atomicKind,
  text: fc.nat(9).map((page) => sourceText({ url: `https://x.y/${String(page)}`, title: null })),
});
const piece = fc.oneof({ weight: 3, arbitrary: written }, { weight: 1, arbitrary: atomic });
/** A piece; a number: a cut there; null: a batch is taken. */
const step = fc.oneof(
  { weight: 6, arbitrary: piece },
  { weight: 1, arbitrary: fc.nat(30) },
  { weight: 2, arbitrary: fc.constant(null) },
);

/** One unit of a log as a letter of its kind, so that any two logs compare however they are joined. */
const unitsOf = (entries: readonly Entry[]) =>
  entries.flatMap(({ kind: of, text }) =>
    (isWritten(of) ? text.split('') : [text]).map((unit) => `${of} ${unit}`),
  );

/** Runs the steps. `stored`: what a store holds that applies every batch. */
function run(steps: readonly (Pick<Entry, 'kind' | 'text'> | number | null)[]) {
  const log = replyLog();
  const batches: Batch[] = [];
  let expected: string[] = [];
  const take = () => {
    const batch = log.takeBatch();
    if (batch) batches.push(batch);
  };
  for (const each of steps) {
    if (each === null) take();
    else if (typeof each === 'number') {
      log.cut(each);
      expected = expected.slice(0, each);
    } else {
      log.append(each.kind, each.text);
      expected.push(...unitsOf([{ at: 0, ...each }]));
    }
  }
  take();
  let stored: readonly Entry[] = [];
  for (const { entries, replaces } of batches)
    stored = replaces ? entries : [...stored, ...entries];
  return { log, batches, expected, stored };
}

test('a log gives everything from any position on, and its batches add up to it', () => {
  fc.assert(
    fc.property(fc.array(step), fc.nat(60), (steps, position) => {
      const { log, expected, stored } = run(steps);
      expect(log.length()).toBe(expected.length);
      expect(unitsOf(log.since(position))).toEqual(expected.slice(position));
      expect(unitsOf(stored)).toEqual(expected);
      expect(stored.every((entry, index) => entry.at === lengthOfAll(stored.slice(0, index)))).toBe(
        true,
      );
    }),
  );
});

test('a log gives what it has in pieces of at most the asked length, and splits no character', () => {
  fc.assert(
    fc.property(fc.array(step), fc.nat(60), fc.integer({ min: 1, max: 9 }), (steps, from, most) => {
      const { log, expected } = run(steps);
      const taken: Entry[] = [];
      for (let at = from; at < log.length(); at = lengthOfAll(taken)) {
        const entries = log.since(at, most);
        expect(lengthOfAll(entries) - at).toBeGreaterThan(0);
        expect(lengthOfAll(entries) - at).toBeLessThanOrEqual(most + 1);
        taken.push(...entries);
      }
      expect(unitsOf(taken)).toEqual(expected.slice(from));
    }),
  );
  const { log } = run([{ kind: 'text', text: 'so 😀 it is' }]);
  expect(log.since(0, 4)[0]?.text).toBe('so 😀');
  expect(log.since(0, 3)[0]?.text).toBe('so ');
});

test('what is new is joined: no entry is empty, and no two neighbours are of one written kind', () => {
  fc.assert(
    fc.property(fc.array(step), fc.nat(60), (steps, position) => {
      const { log, batches } = run(steps);
      for (const entries of [log.since(position), ...batches.map((batch) => batch.entries)]) {
        expect(entries.every(({ text }) => text !== '')).toBe(true);
        expect(
          entries.every(
            (entry, at) => !isWritten(entry.kind) || entries[at + 1]?.kind !== entry.kind,
          ),
        ).toBe(true);
      }
    }),
  );
});

test('a watcher that loses, repeats and shuffles batches holds what is stored, once it reads the whole', () => {
  const fate = fc.record({ keep: fc.boolean(), at: fc.nat(20), overlap: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(step), fc.array(fate, { minLength: 40 }), (steps, fates) => {
      const { log, batches, expected } = run(steps);
      const heard = batches
        .map((batch, index) => ({ batch, ...(fates[index] ?? { keep: true, at: 0, overlap: 0 }) }))
        .filter(({ keep }) => keep)
        .toSorted((one, other) => one.at - other.at);
      const watcher = gather();
      let seen: string[] = [];
      let cuts = 0;
      // As a reader of frames does: back to each cut, and then what is new.
      const read = () => {
        for (const all = watcher.cuts(); cuts < all.length; cuts += 1)
          seen = seen.slice(0, all[cuts]);
        seen.push(...unitsOf(watcher.since(seen.length)));
      };
      for (const { batch, overlap } of heard) {
        watcher.add(batch);
        read();
        watcher.add({ entries: batch.entries.map((entry) => clip(entry, entry.at + overlap)) });
        read();
      }
      watcher.add({ entries: log.since(0), replaces: true });
      read();
      expect(unitsOf(watcher.since(0))).toEqual(expected);
      expect(seen).toEqual(expected);
      expect(watcher.hasGap()).toBe(false);
    }),
  );
});

test('without cuts, pieces in any order and with overlaps make the whole without reading it again', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1 }), fc.array(fc.nat(60)), (pieces, order) => {
      const { log, expected } = run(pieces);
      const whole = log.since(0);
      const cut = (from: number, to: number) =>
        whole.map((entry) => clip(entry, from, to)).filter(({ text }) => text !== '');
      const watcher = gather();
      for (const from of order) watcher.add({ entries: cut(from, from + 7) });
      for (let from = 0; from < expected.length; from += 5)
        watcher.add({ entries: cut(from, from + 9) });
      expect([unitsOf(watcher.since(0)), watcher.hasGap()]).toEqual([expected, false]);
    }),
  );
});

test('a stored reply gives back its entries, and is nothing but its text where it is text alone', () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const entries = run(pieces).log.since(0);
      const stored = storedReply(entries);
      expect(entriesOf(stored)).toEqual(entries);
      expect(stored.content).toBe(textOf(entries));
      expect(stored.parts === null).toBe(pieces.every((each) => each.kind === 'text'));
    }),
  );
});

test('parts hold what is known, in order, and give back its content', () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const known = pieces.filter((each) => isWritten(each.kind) || each.kind === 'source');
      const parts = partsOf(run(pieces).log.since(0));
      const contents = parts.map(contentOfPart).filter((content) => content !== null);
      expect(contents).toHaveLength(parts.length);
      expect(unitsOf(contents.map((content) => ({ at: 0, ...content })))).toEqual(
        unitsOf(known.map((each) => ({ at: 0, ...each }))),
      );
      expect(parts.every(({ kind: of }, at) => of === 'source' || parts[at + 1]?.kind !== of)).toBe(
        true,
      );
    }),
  );
});

test('a retraction takes back what was written after a length, and no atomic entry', () => {
  fc.assert(
    fc.property(fc.array(piece), fc.array(piece), fc.nat(40), (held, pieces, length) => {
      const { log } = run([...held, ...pieces]);
      const from = run(held).log.length();
      const entries = after(log.since(0), from);
      const { position, again } = retract(entries, from, length);
      log.cut(position);
      for (const each of again) log.append(each.kind, each.text);
      const left = unitsOf(after(log.since(0), from));
      const all = unitsOf(entries);
      const isWord = (unit: string) => /^(text|reasoning) /.test(unit);
      expect(left.filter(isWord)).toEqual(all.filter(isWord).slice(0, length));
      expect(left.filter((unit) => !isWord(unit))).toEqual(all.filter((unit) => !isWord(unit)));
      expect(unitsOf(before(log.since(0), from))).toEqual(unitsOf(run(held).log.since(0)));
    }),
  );
});

test('reports how much of a batch is new; early pieces wait', () => {
  const text = (at: number, said: string): Batch => ({
    entries: [{ at, kind: 'text', text: said }],
  });
  const watcher = gather();
  expect(watcher.add(text(0, 'Once '))).toBe(5);
  expect(watcher.add(text(0, 'Once '))).toBe(0);
  expect(watcher.add(text(2, 'ce upon'))).toBe(4);
  expect(watcher.add(text(11, 'time'))).toBe(0);
  expect(watcher.hasGap()).toBe(true);
  expect(watcher.add(text(9, ' a'))).toBe(2);
  expect([textOf(watcher.since(0)), watcher.hasGap()]).toEqual(['Once upon atime', false]);
});
