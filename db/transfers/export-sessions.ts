import { and, asc, eq, gt, gte, inArray, isNull, ne, or } from 'drizzle-orm';
import { nullIfNotFound, sessionNotFound } from '@/lib/errors';
import type { WholeSession } from '@/lib/sessions/export/session-pieces';
import type { Branches } from '@/lib/sessions/export/transfer-store';
import type { Message } from '@/lib/sessions/message';
import type { Session } from '@/lib/sessions/session';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { byteLengthOfMessage } from '@/db/quotas/owner-quota';
import { branchPages, pagesAt } from '@/db/messages/branch-pages';
import { newestRevisions } from '@/db/memory/memory-revisions';
import { ownedSession } from '@/db/sessions/session-row';

/** Rows of one query: sessions, and the places of messages. */
const STEP = 500;
const REVISIONS = 100;

type SessionPlace = Pick<Session, 'id' | 'lastActivity'>;

interface Which {
  readonly owner: string;
  readonly sessionId: string;
}

/** Everything that an owner has outside the trash. Each query reads one step, by keyset. */
export async function* exportAll(
  db: Db,
  owner: string,
  branches: Branches,
): AsyncGenerator<WholeSession> {
  const seen = new Set<string>();
  let after: SessionPlace | null = null;
  for (;;) {
    const step: SessionPlace[] = await nextSessions(db, owner, after);
    for (const { id } of step) {
      // Oldest activity first: a session that becomes active meanwhile comes again, and is never missed.
      if (seen.has(id)) continue;
      seen.add(id);
      const whole = await exportOne(db, { owner, sessionId: id }, branches).catch(nullIfNotFound);
      if (whole) yield whole;
    }
    after = step.at(-1) ?? null;
    if (!after || step.length < STEP) return;
  }
}

/** Throws `not-found` unless all of them are there. One that is deleted before its turn is left out. */
export async function exportSome(
  db: Db,
  { owner, ids }: { readonly owner: string; readonly ids: readonly string[] },
  branches: Branches,
): Promise<AsyncIterable<WholeSession>> {
  const { sessions } = db.tables;
  const found = await db.read((query) =>
    query
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          inArray(sessions.id, padded(ids)),
          eq(sessions.owner, owner),
          isNull(sessions.deletedAt),
        ),
      )
      .orderBy(asc(sessions.lastActivity), asc(sessions.id)),
  );
  if (found.length < ids.length) throw sessionNotFound();
  return exportEach(db, { owner, branches }, found);
}

async function* exportEach(
  db: Db,
  { owner, branches }: { readonly owner: string; readonly branches: Branches },
  sessions: readonly { readonly id: string }[],
): AsyncGenerator<WholeSession> {
  for (const { id } of sessions) {
    const whole = await exportOne(db, { owner, sessionId: id }, branches).catch(nullIfNotFound);
    if (whole) yield whole;
  }
}

const nextSessions = (db: Db, owner: string, after: SessionPlace | null) => {
  const { sessions } = db.tables;
  return db.read((query) =>
    query
      .select({ id: sessions.id, lastActivity: sessions.lastActivity })
      .from(sessions)
      .where(
        and(
          eq(sessions.owner, owner),
          isNull(sessions.deletedAt),
          after ? gte(sessions.lastActivity, after.lastActivity) : undefined,
          after
            ? or(gt(sessions.lastActivity, after.lastActivity), gt(sessions.id, after.id))
            : undefined,
        ),
      )
      .orderBy(asc(sessions.lastActivity), asc(sessions.id))
      .limit(STEP),
  );
};

/** Throws `not-found`. */
export const exportOne = (db: Db, which: Which, branches: Branches): Promise<WholeSession> =>
  db.read(async (query) => {
    const session = await ownedSession(query, db.tables, which.owner, which.sessionId);
    const revisions = await newestRevisions(query, db.tables, which.sessionId, REVISIONS);
    return {
      session: { ...session, head: await shownEnd(query, db.tables, session) },
      revisions: revisions.toReversed(),
      pages: branches === 'all' ? messagePages(db, which) : branchPages(db, which),
    };
  });

/** The head; before a reply that is being written, its question. */
async function shownEnd(
  query: Queries,
  { messages }: Tables,
  { head }: Session,
): Promise<string | null> {
  if (head === null) return null;
  const [end] = await query
    .select({ parent: messages.parent, state: messages.state })
    .from(messages)
    .where(eq(messages.id, head));
  return end?.state === 'running' ? end.parent : head;
}

/** All messages of a session, without replies being written. Throws `not-found` when it is deleted meanwhile. */
async function* messagePages(db: Db, which: Which): AsyncGenerator<Message[]> {
  const { messages } = db.tables;
  let from = 0;
  for (;;) {
    const places = await db.read((query) =>
      query
        .select({ id: messages.id, seq: messages.seq, bytes: byteLengthOfMessage(db.tables) })
        .from(messages)
        .where(
          and(
            eq(messages.sessionId, which.sessionId),
            gt(messages.seq, from),
            ne(messages.state, 'running'),
          ),
        )
        .orderBy(asc(messages.seq))
        .limit(STEP),
    );
    yield* pagesAt(db, which, places);
    const last = places.at(-1);
    if (!last || places.length < STEP) return;
    from = last.seq;
  }
}
