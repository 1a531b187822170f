import { and, eq, gt, inArray, lte } from 'drizzle-orm';
import type { ChallengeStore } from '@/lib/accounts/ways/way-store';
import type { Db, Queries, Tables } from '@/db/engine/client';

export function challengeStore(db: Db): ChallengeStore {
  const { challenges } = db.tables;
  return {
    async add(challenge) {
      await db.transaction((query) => query.insert(challenges).values(challenge));
    },
    async take(hash, kinds, now) {
      const isIt = and(eq(challenges.hash, hash), inArray(challenges.kind, [...kinds]));
      const [taken] = await db.transaction((query) =>
        query
          .delete(challenges)
          .where(and(isIt, gt(challenges.endsAt, now)))
          .returning({
            kind: challenges.kind,
            personId: challenges.personId,
            content: challenges.content,
          }),
      );
      return taken ?? null;
    },
  };
}

export const dropOldChallenges = async (query: Queries, { challenges }: Tables, now: Date) => {
  await query.delete(challenges).where(lte(challenges.endsAt, now));
};
