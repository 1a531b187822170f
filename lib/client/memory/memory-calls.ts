import {
  changeMemory,
  forgetMemory,
  forgetMemoryHistory,
  memoryRevisions,
  readMemory,
  writeMemory,
  type StoredMemory,
  type StoredRevision,
} from '@/lib/client/memory/memory-api';
import type { CallResult } from '@/lib/client/net/call';

export type MemoryLineChange = Parameters<typeof changeMemory>[1];

export type Remembered = Omit<StoredMemory, 'updated_at'>;
export type RememberedRevision = Pick<
  StoredRevision,
  'id' | 'author' | 'message_id' | 'changes' | 'created_at'
>;

/** The calls that a remembered text has on the server. */
export interface MemoryCalls {
  read(): Promise<CallResult<Remembered>>;
  write(edit: Parameters<typeof writeMemory>[1]): Promise<CallResult<Remembered>>;
  change(change: MemoryLineChange): Promise<CallResult<Remembered>>;
  forget(): Promise<CallResult<null>>;
  forgetHistory(): Promise<CallResult<null>>;
  /** Newest first. */
  revisions(limit: number): Promise<CallResult<RememberedRevision[]>>;
}

export const sessionMemory = (sessionId: string): MemoryCalls => ({
  read: () => readMemory(sessionId),
  write: (edit) => writeMemory(sessionId, edit),
  change: (change) => changeMemory(sessionId, change),
  forget: () => forgetMemory(sessionId),
  forgetHistory: () => forgetMemoryHistory(sessionId),
  revisions: (limit) => memoryRevisions(sessionId, limit),
});
