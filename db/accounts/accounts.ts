import type { AccountStore } from '@/lib/accounts/account-store';
import type { Db } from '@/db/engine/client';
import { claimStore } from './claim';
import { dropOldLinks, linkStore } from './links';
import { peopleStore } from './people';
import { dropRemovedPeople } from './removed-people';
import { dropUnusedSignIns, signInStore } from './sign-ins';

export const accountStore = (db: Db): AccountStore => ({
  people: peopleStore(db),
  signIns: signInStore(db),
  links: linkStore(db),
  claims: claimStore(db),
  async prune(now) {
    await db.withPruneLock(async (query) => {
      await dropOldLinks(query, db.tables, now);
      await dropUnusedSignIns(query, db.tables, now);
      await dropRemovedPeople(query, db.tables, now);
    });
  },
});
