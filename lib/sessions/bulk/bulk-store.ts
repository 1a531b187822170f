import type { TagEdit } from '@/lib/sessions/tags/tags';

/** The action on each of many sessions. `delete-permanently`: permanently delete what is in the trash. */
export type BulkChange =
  | {
      readonly action:
        'delete' | 'restore' | 'delete-permanently' | 'archive' | 'unarchive' | 'pin' | 'unpin';
    }
  | ({ readonly action: 'tag' } & TagEdit);

/** `unchanged`: it was so already. `not-found`: unknown, another owner's, or not where the action applies. */
export const BULK_OUTCOMES = ['done', 'unchanged', 'not-found', 'too-many-tags'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];

export interface BulkResult {
  readonly id: string;
  readonly result: BulkOutcome;
}

export interface BulkStore {
  /**
   * Changes each session, in small transactions, so that no other request waits for all. Each change is idempotent: after a
   * failure in the middle the same call goes on. Results are in the order of `ids`.
   */
  change(input: {
    readonly owner: string;
    readonly ids: readonly string[];
    readonly change: BulkChange;
    readonly now: Date;
  }): Promise<BulkResult[]>;
}
