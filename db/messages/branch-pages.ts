import { setImmediate } from 'node:timers/promises';
import { asc, desc, inArray } from 'drizzle-orm';
import { unavailable } from '@/lib/errors';
import type { Message } from '@/lib/sessions/message';
import type { BranchPart } from '@/lib/sessions/session-store';
import { branchIds, headOf, parentOf, WHOLE } from './branch';
import type { Db } from '@/db/engine/client';
import { byteLengthOfMessage } from '@/db/quotas/owner-quota';
import { padded } from '@/db/engine/padded';
import { ownedSession } from '@/db/sessions/session-row';

/** How many messages one step of the walk back to the first message covers. */
const STEP = 500;
export const PAGE_MESSAGES = 64;
const PAGE_BYTES = 256 * 1024;
const ATTEMPTS = 5;

export interface Place {
  readonly id: string;
  readonly bytes: number;
}

/**
 * A branch in pages, oldest message first. Holds one page of contents at a time. Throws `not-found`, also when the
 * session is deleted in the middle.
 */
export async function* branchPages(db: Db, part: BranchPart): AsyncGenerator<Message[]> {
  const places = await outline(db, part);
  yield* pagesAt(db, part, places);
}

/** The messages at these places, a page at a time. Throws `not-found` when the session is deleted in the middle. */
export async function* pagesAt(
  db: Db,
  { owner, sessionId }: Pick<BranchPart, 'owner' | 'sessionId'>,
  places: readonly Place[],
): AsyncGenerator<Message[]> {
  for (const ids of inPages(places)) {
    const messages = await db.read((query) =>
      query
        .select()
        .from(db.tables.messages)
        .where(inArray(db.tables.messages.id, padded(ids)))
        .orderBy(asc(db.tables.messages.seq)),
    );
    // The question of a turn that failed meanwhile may be missing. A deleted session throws here.
    if (messages.length < ids.length)
      await db.read((query) => ownedSession(query, db.tables, owner, sessionId));
    yield messages;
  }
}

/** The ids and sizes of the branch's messages, in order. */
async function outline(db: Db, part: BranchPart): Promise<Place[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const places = await walkBack(db, part);
    if (places) return places.toReversed();
  }
  throw unavailable('store');
}

/** Null when the message to continue from was removed from the conversation between two steps. */
async function walkBack(db: Db, { limit = WHOLE, ...part }: BranchPart): Promise<Place[] | null> {
  const { messages } = db.tables;
  const places: Place[] = [];
  let end = await endOf(db, part);
  while (end !== null && places.length < limit) {
    const ids = branchIds(db.tables, end, Math.min(STEP, limit - places.length));
    const step = await db.read((query) =>
      query
        .select({
          id: messages.id,
          parent: messages.parent,
          state: messages.state,
          bytes: byteLengthOfMessage(db.tables),
        })
        .from(messages)
        .where(inArray(messages.id, ids))
        .orderBy(desc(messages.seq)),
    );
    const oldest = step.at(-1);
    if (!oldest) return null;
    places.push(...step.filter(({ state }) => state !== 'running'));
    end = oldest.parent;
    await setImmediate();
  }
  return places;
}

const endOf = (db: Db, { owner, sessionId, before }: BranchPart): Promise<string | null> =>
  db.read(async (query) => {
    await ownedSession(query, db.tables, owner, sessionId);
    const [end] = await (before === undefined
      ? headOf(query, db.tables, sessionId)
      : parentOf(query, db.tables, sessionId, before));
    return end?.id ?? null;
  });

/** The ids of messages in pages of a bounded number and size. */
export function* inPages(places: readonly Place[]): Generator<string[]> {
  let ids: string[] = [];
  let pageBytes = 0;
  for (const { id, bytes } of places) {
    if (ids.length > 0 && (pageBytes + bytes > PAGE_BYTES || ids.length === PAGE_MESSAGES)) {
      yield ids;
      ids = [];
      pageBytes = 0;
    }
    ids.push(id);
    pageBytes += bytes;
  }
  if (ids.length > 0) yield ids;
}
