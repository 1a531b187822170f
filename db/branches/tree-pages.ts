import { and, asc, eq, gt, inArray, ne } from 'drizzle-orm';
import type { Message } from '@/lib/sessions/message';
import type { Db } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { byteLengthOfMessage } from '@/db/quotas/owner-quota';
import { inPages, PAGE_MESSAGES } from '@/db/messages/branch-pages';
import { ownedSession } from '@/db/sessions/session-row';

/** All messages of a session in pages, in order. Holds one page at a time. Throws `not-found`, in the middle too. */
export async function* treePages(
  db: Db,
  owner: string,
  sessionId: string,
): AsyncGenerator<Message[]> {
  const { messages } = db.tables;
  let last = 0;
  for (;;) {
    const after = last;
    const outline = await db.read(async (query) => {
      await ownedSession(query, db.tables, owner, sessionId);
      return query
        .select({ id: messages.id, seq: messages.seq, bytes: byteLengthOfMessage(db.tables) })
        .from(messages)
        .where(
          and(
            eq(messages.sessionId, sessionId),
            gt(messages.seq, after),
            ne(messages.state, 'running'),
          ),
        )
        .orderBy(asc(messages.seq))
        .limit(PAGE_MESSAGES);
    });
    for (const ids of inPages(outline))
      yield await db.read((query) =>
        query
          .select()
          .from(messages)
          .where(inArray(messages.id, padded(ids)))
          .orderBy(asc(messages.seq)),
      );
    const end = outline.at(-1);
    if (!end) return;
    last = end.seq;
  }
}
