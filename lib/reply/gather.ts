import { clip, endOf, isWritten, join, lengthOf, type Entry } from './entry';
import { replyLog, type Batch, type ReplyLog } from './log';

/** Puts a log together from batches that may be duplicated, overlap or arrive out of order. */
export interface Gathered extends Pick<ReplyLog, 'length' | 'since'> {
  /** The length after each cut made by a replacing batch. */
  cuts(): readonly number[];
  /** Returns how much of the batch was new. */
  add(batch: Batch): number;
  /** True while an entry waits for earlier ones. */
  hasGap(): boolean;
}

export function gather(): Gathered {
  const log = replyLog();
  const cuts: number[] = [];
  let early: Entry[] = [];

  const append = (entry: Entry): number => {
    const { kind, text } = clip(entry, log.length());
    if (text) log.append(kind, text);
    return lengthOf({ kind, text });
  };

  /** Cuts back to the common beginning. */
  const cutTo = (whole: readonly Entry[]) => {
    early = [];
    const same = sameLength(log.since(0), join(whole));
    if (same === log.length()) return;
    log.cut(same);
    cuts.push(same);
  };

  const addEarly = () => {
    const waiting = early.toSorted((one, other) => one.at - other.at);
    early = [];
    for (const next of waiting) {
      if (next.at > log.length()) early.push(next);
      else append(next);
    }
  };

  return {
    length: log.length,
    since: log.since,
    cuts: () => cuts,
    hasGap: () => early.length > 0,
    add({ entries, replaces }) {
      if (replaces) cutTo(entries);
      let fresh = 0;
      for (const entry of entries) {
        if (entry.at > log.length()) early.push(entry);
        else fresh += append(entry);
      }
      addEarly();
      return fresh;
    },
  };
}

/** How far two joined logs are the same. */
function sameLength(one: readonly Entry[], other: readonly Entry[]): number {
  let length = 0;
  for (const [index, entry] of one.entries()) {
    const match = other[index];
    if (match?.kind !== entry.kind) break;
    if (match.text === entry.text) {
      length = endOf(entry);
      continue;
    }
    if (!isWritten(entry.kind)) break;
    let same = 0;
    while (same < entry.text.length && entry.text[same] === match.text[same]) same += 1;
    return entry.at + same;
  }
  return length;
}
