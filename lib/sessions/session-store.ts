import type { OwnedChange } from './changes';
import type { AppendMessage, Message } from './message';
import type { ListName, Session, SessionSettings, SessionSummary, Sort } from './session';

/** Where a row is in its list; a page continues after the last one of the page before. */
export interface ListPlace {
  /** What orders the list, such as the last activity; sorted by title, a text that stands for it. */
  readonly key: Date | string;
  readonly id: string;
}

/** A row of a list, with its place. */
export type ListedRow = SessionSummary & ListPlace;

/** All methods take the owner and throw `not-found` for another owner's session, as for a missing one. */
export interface SessionStore {
  /** Idempotent: returns the existing session when this owner has one with this id. Throws `over-quota`. */
  create(input: {
    id: string;
    owner: string;
    title: string | null;
    settings?: Partial<SessionSettings> | undefined;
    /** By default true. */
    memoryEnabled?: boolean;
    now: Date;
  }): Promise<Session>;
  /**
   * At most `limit` rows of a list, in its own order unless `sort` names another. `since`: only what was deleted from
   * then on; with `id` only that session.
   */
  list(input: {
    owner: string;
    /** By default `current`. */
    list?: ListName;
    sort?: Sort | undefined;
    /** False: without pinned ones. */
    pinned?: false;
    tag?: string | undefined;
    /** That of the last reply of the shown branch. */
    model?: string | undefined;
    since?: Date | undefined;
    limit: number;
    after?: ListPlace | null;
    id?: string | undefined;
  }): Promise<ListedRow[]>;
  get(owner: string, id: string): Promise<Session>;
  /**
   * Changes what is given. Throws `conflict` when `version` or `expected` is given and differs from the stored version or
   * title.
   */
  change(input: {
    owner: string;
    id: string;
    title?: string | undefined;
    pinned?: boolean | undefined;
    archived?: boolean | undefined;
    tags?: readonly string[] | undefined;
    settings?: Partial<SessionSettings> | undefined;
    version?: number | undefined;
    expected?: string | null | undefined;
    now: Date;
  }): Promise<Session>;
  /** True for a session without a title whose first and so far only exchange is that of `turn`. */
  lacksTitle(exchange: { sessionId: string; turn: string }): Promise<boolean>;
  /** A title by the model. False when the session has one already, or is deleted. */
  giveTitle(input: { sessionId: string; title: string; now: Date }): Promise<boolean>;
  /** Moves the session to the trash, from where `restore` brings it back. */
  remove(owner: string, id: string, now: Date): Promise<void>;
  /** Idempotent. */
  restore(owner: string, id: string, now: Date): Promise<Session>;
  /** A session in the trash can no longer be restored. `OwnerStore.purge`, or the next prune, deletes it. */
  removeForGood(owner: string, id: string, now: Date): Promise<void>;
  /** Sessions of these owners that changed at or after `since`, including deleted ones. */
  changedSince(owners: readonly string[], since: Date): Promise<OwnedChange[]>;
  /** Permanently deletes sessions that were deleted before `before`, with all their data, in small steps. */
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
   * The shown branch in order, without replies being written: the last `limit` messages; with `before`, a message id,
   * only those before it.
   */
  branch(part: BranchPart): Promise<Message[]>;
  /** Like `branch`, a page at a time, for any size. May throw in the middle too. */
  pages(part: BranchPart): AsyncIterable<Message[]>;
  /** The model that wrote a message; null when unknown. */
  modelOf(owner: string, sessionId: string, id: string): Promise<string | null>;
}

export interface BranchPart {
  readonly owner: string;
  readonly sessionId: string;
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
}
