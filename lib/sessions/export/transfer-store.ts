import type { QuotaBound } from '@/lib/errors';
import type { AboutRevision } from '@/lib/sessions/about/about';
import type { FileSession } from './session-file';
import type { WholeSession } from './session-pieces';

/** `shown`: only the messages of each session's shown branch. */
export type Branches = 'all' | 'shown';

/**
 * The effect of an import on a session. `new`: it is stored. `same`: all of it is here already, and perhaps more.
 * `newer`: what is missing is added. `conflict`: here and in the file are messages that the other lacks, or a message
 * differs; nothing is changed. `skipped`: nothing is stored, because it is in the trash or for a quota.
 */
export type Imported =
  | { readonly kind: 'new' | 'same' | 'newer' | 'conflict'; readonly id: string }
  | { readonly kind: 'skipped'; readonly reason: 'deleted'; readonly id: string }
  | { readonly kind: 'skipped'; readonly reason: QuotaBound; readonly limit: number };

/** What an import does with a person's own text; in a conflict, both have changes that the other lacks. */
export type ImportedAbout =
  | { readonly kind: 'new' | 'same' | 'newer' | 'conflict' }
  | { readonly kind: 'skipped'; readonly reason: QuotaBound; readonly limit: number };

/** Sessions that leave the store whole, and come into it. */
export interface TransferStore {
  /** Everything outside the trash, oldest activity first. May throw in the middle. */
  exportAll(owner: string, branches: Branches): AsyncIterable<WholeSession>;
  /** Some sessions, in the same order. Throws `not-found` before the first when one is unknown or in the trash. */
  exportSome(
    owner: string,
    ids: readonly string[],
    branches: Branches,
  ): Promise<AsyncIterable<WholeSession>>;
  /** Throws `not-found`. Its pages may throw too. */
  exportOne(owner: string, sessionId: string, branches: Branches): Promise<WholeSession>;
  /** Stores a session whole or not at all. Idempotent. With `dryRun` it only says what it would do, quotas aside. */
  importSession(input: {
    readonly owner: string;
    readonly session: FileSession;
    readonly dryRun: boolean;
    readonly now: Date;
  }): Promise<Imported>;
  /** Stores the history of a person's own text, oldest first, or the missing part of it. Idempotent. */
  importAbout(input: {
    readonly owner: string;
    readonly revisions: readonly AboutRevision[];
    readonly dryRun: boolean;
    readonly now: Date;
  }): Promise<ImportedAbout>;
}
