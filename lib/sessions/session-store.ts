import type { OwnedChange } from './changes';
import type { AppendMessage, Message } from './message';
import type { DeletedSession, Session, SessionSummary } from './session';

/** Where a page of the list goes on: after this row, newest activity first. */
export interface SessionCursor {
  readonly lastActivity: Date;
  readonly id: string;
}

/** All take the owner and answer `not-found` for somebody else's session as for none at all. */
export interface SessionStore {
  /** Answers the session there is when this owner has one with this id. Throws `over-quota`. */
  create(input: { id: string; owner: string; title: string | null; now: Date }): Promise<Session>;
  /** At most `limit` rows, by last activity, newest first. */
  list(input: {
    owner: string;
    limit: number;
    after: SessionCursor | null;
  }): Promise<SessionSummary[]>;
  get(owner: string, id: string): Promise<Session>;
  /** `version` and `seen`, if given, must be the stored version and title, else `conflict`. */
  rename(input: {
    owner: string;
    id: string;
    title: string;
    version?: number | undefined;
    seen?: string | null | undefined;
    now: Date;
  }): Promise<Session>;
  /** Puts it in the trash, from where `restore` brings it back. */
  remove(owner: string, id: string, now: Date): Promise<void>;
  /** The trash, deleted last first: at most `limit` since `since`; with `id` only that session. */
  deleted(input: {
    owner: string;
    since: Date;
    limit: number;
    id?: string | undefined;
  }): Promise<DeletedSession[]>;
  /** May be repeated: whoever lost the answer asks again. */
  restore(owner: string, id: string, now: Date): Promise<Session>;
  /** Those of any of these owners that changed at or after `since`, deleted ones too. */
  changedSince(owners: readonly string[], since: Date): Promise<OwnedChange[]>;
  /** Removes for good, in small steps, what was deleted before `before`, with everything that hangs on it. */
  purge(before: Date): Promise<void>;
}

export interface MessageStore {
  append(input: {
    owner: string;
    sessionId: string;
    id: string;
    message: AppendMessage;
    now: Date;
  }): Promise<Message>;
  /**
   * The shown branch in order, without replies that are still being written.
   * With `limit` the last so many; with `before`, a message's id, only those before it.
   */
  branch(part: BranchPart): Promise<Message[]>;
  /** The same a page at a time, for a part of any size. Throws like `branch`, also in the middle. */
  pages(part: BranchPart): AsyncIterable<Message[]>;
}

export interface BranchPart {
  readonly owner: string;
  readonly sessionId: string;
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
}
