import type { QuotaBound } from '@/lib/errors';

/** What an import does with a conversation, by the names of the API. */
export type ImportKindName = 'new' | 'newer' | 'same' | 'conflict' | 'skipped';

/** Why one is left out. */
export type ImportReasonName =
  | 'empty'
  | 'cycle'
  | 'missing-parent'
  | 'duplicate-message'
  | 'invalid'
  | 'unknown'
  | 'missing-file'
  | 'inner-zip'
  | 'unreadable'
  | 'deleted'
  | 'too-large'
  | QuotaBound;
