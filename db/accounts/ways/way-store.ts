import type { WayStore } from '@/lib/accounts/ways/way-store';
import type { Db } from '@/db/engine/client';
import { challengeStore, dropOldChallenges } from './challenges';
import { identityStore } from './identities';
import { passkeyStore } from './passkeys';
import { waysOf } from './ways-of';

export const wayStore = (db: Db): WayStore => ({
  async of(personId, issuer) {
    const ways = await db.read((query) => waysOf(query, db.tables, issuer, personId));
    return ways.get(personId) ?? [];
  },
  all: (issuer) => db.read((query) => waysOf(query, db.tables, issuer)),
  identities: identityStore(db),
  passkeys: passkeyStore(db),
  challenges: challengeStore(db),
  async prune(now) {
    await db.withPruneLock((query) => dropOldChallenges(query, db.tables, now));
  },
});
