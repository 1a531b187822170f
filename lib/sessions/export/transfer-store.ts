import type { WholeSession } from './session-pieces';

/** `shown`: only the messages of each session's shown branch. */
export type Branches = 'all' | 'shown';

/** Sessions that leave the store whole. */
export interface TransferStore {
  /** Everything outside the trash, oldest activity first. May throw in the middle. */
  exportAll(owner: string, branches: Branches): AsyncIterable<WholeSession>;
  /** Throws `not-found`. Its pages may throw too. */
  exportOne(owner: string, sessionId: string, branches: Branches): Promise<WholeSession>;
}
