import type { Usage } from '@/lib/ports/model';
import type { PromptRecord } from './prompt-record';

/** A request that wrote a reply, or more of it, and the stored texts that its record names. */
export interface StoredPrompt {
  readonly requestId: string;
  readonly createdAt: Date;
  readonly usage: Usage | null;
  readonly record: PromptRecord;
  /** By id. */
  readonly texts: ReadonlyMap<string, string>;
  /** The contents of messages by `seq`. */
  readonly contents: ReadonlyMap<number, string>;
}

export interface PromptStore {
  /**
   * The recorded requests for a reply, oldest first; more than one where it was continued. Throws `not-found` for an
   * unknown session or message.
   */
  of(owner: string, sessionId: string, messageId: string): Promise<StoredPrompt[]>;
}
