import { setImmediate } from 'node:timers/promises';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { matches, searched } from '@/lib/search/match';
import { termsOf, type Term } from '@/lib/search/query';
import type { Hit, SearchStore } from '@/lib/search/search';
import { snippetOf } from '@/lib/search/snippet';
import type { Db } from '@/db/engine/client';
import type { FullText, Lookup } from '@/db/engine/full-text/full-text';
import { padded } from '@/db/engine/padded';
import { ABOVE_ALL, idAbove, lowestId } from './doc-id';
import { groupsOf, isWanted } from './wanted';

const PAGE = 20;
/** The most texts, and characters, read for one page. The next page starts where this one ends. */
const READ_MAX = 250;
const CHARACTERS_MAX = 1_000_000;

/** A database with its index. */
export interface Place {
  readonly db: Db;
  readonly fullText: FullText;
}

type Found = Omit<Awaited<ReturnType<SearchStore['find']>>, 'isIndexing'>;

export async function find(
  place: Place,
  { owner, q, filter, below }: Parameters<SearchStore['find']>[0],
): Promise<Found> {
  const terms = termsOf(q);
  const groups = groupsOf(owner, terms, filter);
  if (groups === null) return { hits: [], next: null };
  const highest = filter.before ? idAbove(filter.before) : ABOVE_ALL;
  const lookup = {
    owner,
    groups,
    where: isWanted(place.db.tables, owner, filter),
    from: filter.after ? lowestId(filter.after) : 0,
    below: Math.min(below ?? highest, highest),
    limit: PAGE + 1,
  };
  return readPage(place, lookup, terms);
}

/** Reads the texts that the index gives, newest first, until a page is full. */
async function readPage(place: Place, lookup: Lookup, terms: readonly Term[]): Promise<Found> {
  const hits: Hit[] = [];
  let next = lookup.below;
  let read = 0;
  let characters = 0;
  // Each round reads three times as many: when few match, one large query is faster than many small ones.
  for (let limit = lookup.limit; read < READ_MAX && characters < CHARACTERS_MAX; limit *= 3) {
    const { ids, texts } = await readTexts(place, { ...lookup, below: next, limit });
    for (const text of texts) {
      if (hits.length === PAGE) return { hits, next };
      const hit = hitOf(text, terms);
      if (hit) hits.push(hit);
      next = text.id;
      characters += text.text.length;
    }
    read += ids.length;
    // Skips texts that were deleted meanwhile.
    next = ids.at(-1) ?? next;
    if (ids.length < limit) return { hits, next: null };
    await setImmediate();
  }
  return { hits, next };
}

type FoundText = Omit<Hit, 'snippet' | 'highlights'> & { readonly text: string };

const readTexts = (
  { db, fullText }: Place,
  lookup: Lookup,
): Promise<{ ids: number[]; texts: FoundText[] }> =>
  db.read(async (query) => {
    const ids = await fullText.lookUp(query, db.tables, lookup);
    if (ids.length === 0) return { ids, texts: [] };
    const { searchDocs, sessions, messages } = db.tables;
    const rows = await query
      .select({
        id: searchDocs.id,
        kind: searchDocs.kind,
        sessionId: searchDocs.sessionId,
        messageId: searchDocs.messageId,
        createdAt: searchDocs.createdAt,
        title: sessions.title,
        opening: sessions.opening,
        memory: sessions.memory,
        role: messages.role,
        content: messages.content,
      })
      .from(searchDocs)
      .innerJoin(sessions, eq(sessions.id, searchDocs.sessionId))
      .leftJoin(messages, eq(messages.id, searchDocs.messageId))
      // Again: it may have been deleted since.
      .where(and(inArray(searchDocs.id, padded(ids)), lookup.where))
      .orderBy(desc(searchDocs.id));
    const texts = rows.map(({ memory, content, ...row }) => ({
      ...row,
      text: { message: content, title: row.title, memory }[row.kind] ?? '',
    }));
    return { ids, texts };
  });

/** Null when the index was wrong, as for words of a phrase that are not next to each other. */
function hitOf({ text, ...found }: FoundText, terms: readonly Term[]): Hit | null {
  const read = searched(text);
  const unsure = terms.filter(({ needsText }) => needsText);
  return matches(read, unsure) ? { ...found, ...snippetOf(read, terms) } : null;
}
