import type { BranchStore } from '@/lib/sessions/branches/branch-store';
import type { Db } from '@/db/engine/client';
import type { Bounds } from '@/db/quotas/bounds';
import { branchPages } from '@/db/messages/branch-pages';
import { forkSession } from './fork';
import { showBranch } from './show-branch';
import { runningShown } from './running-shown';
import { placesOf, withSiblings } from './siblings';
import { treePages } from './tree-pages';

export function branchStore(db: Db, bounds: Bounds): BranchStore {
  return {
    async *placed(part) {
      for await (const page of branchPages(db, part))
        yield await db.read((query) => withSiblings(query, db.tables, page));
    },
    tree: (owner, sessionId) => treePages(db, owner, sessionId),
    places: (messages) => db.read((query) => placesOf(query, db.tables, messages)),
    running: (owner, sessionId) =>
      db.read((query) => runningShown(query, db.tables, owner, sessionId)),
    show: (input) => showBranch(db, input),
    fork: (input) => forkSession(db, bounds, input),
  };
}
