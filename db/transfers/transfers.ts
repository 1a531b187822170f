import type { TransferStore } from '@/lib/sessions/export/transfer-store';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db } from '@/db/engine/client';
import { exportAll, exportOne, exportSome } from './export-sessions';
import { importAbout } from './import-about';
import { importSession } from './import-session';

export function transferStore(db: Db, bounds: Bounds): TransferStore {
  return {
    exportAll: (owner, branches) => exportAll(db, owner, branches),
    exportSome: (owner, ids, branches) => exportSome(db, { owner, ids }, branches),
    exportOne: (owner, sessionId, branches) => exportOne(db, { owner, sessionId }, branches),
    importAbout: (input) => importAbout(db, bounds, input),
    importSession: (input) => importSession(db, bounds, input),
  };
}
