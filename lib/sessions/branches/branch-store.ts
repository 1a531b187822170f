import type { Message } from '@/lib/sessions/message';
import type { Session } from '@/lib/sessions/session';
import type { BranchPart } from '@/lib/sessions/session-store';

/** A message with the ids of all that answer the same message, itself among them, oldest first. */
export interface PlacedMessage extends Message {
  readonly siblings: readonly string[];
}

/** A message's place among its siblings, replies being written included. `at` counts from 1. */
export interface SiblingPlace {
  readonly at: number;
  readonly of: number;
  readonly previous: string | null;
  readonly next: string | null;
}

/** All methods take the owner, or messages that were read for the owner; they throw `not-found` as the session's do. */
export interface BranchStore {
  /** The shown branch in pages, for any size, as `pages` of the messages. */
  placed(part: BranchPart): AsyncIterable<PlacedMessage[]>;
  /** All branches in pages, in the order in which they were written, without replies being written. */
  tree(owner: string, sessionId: string): AsyncIterable<Message[]>;
  /** The places of those that have siblings, by message id. */
  places(messages: readonly Message[]): Promise<ReadonlyMap<string, SiblingPlace>>;
  /** The running turns of the shown branch, oldest first. */
  running(owner: string, sessionId: string): Promise<string[]>;
  /**
   * Shows the branch of a message, up to the newest message below it. Throws `conflict` when `version` is stale, unless
   * that branch is shown already.
   */
  show(input: {
    owner: string;
    id: string;
    head: string;
    version?: number | undefined;
    now: Date;
  }): Promise<Session>;
  /**
   * Copies a session with the branch up to a message into a new one, which `newId` names. Idempotent: returns the new
   * session when this owner has it. Throws `over-quota`.
   */
  fork(input: {
    owner: string;
    id: string;
    messageId: string;
    newId: string;
    now: Date;
  }): Promise<Session>;
}
