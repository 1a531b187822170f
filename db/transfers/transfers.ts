import type { TransferStore } from '@/lib/sessions/export/transfer-store';
import type { Db } from '@/db/engine/client';
import { exportAll, exportOne } from './export-sessions';

export function transferStore(db: Db): TransferStore {
  return {
    exportAll: (owner, branches) => exportAll(db, owner, branches),
    exportOne: (owner, sessionId, branches) => exportOne(db, { owner, sessionId }, branches),
  };
}
