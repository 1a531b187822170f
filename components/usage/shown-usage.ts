import type { LaterTexts } from '@/lib/texts/texts';
import type { BudgetState } from '@/lib/usage/budget';
import type { PresentedSums } from '@/lib/usage/present-usage';
import type { Group } from '@/lib/usage/usage-store';

/** A day, model or person. */
export interface ShownRow extends PresentedSums {
  /** What the row is of, such as 2026-01-31. */
  readonly of: string;
  readonly label: string;
}

export interface ShownUsage {
  readonly by: Group;
  readonly whose: 'mine' | 'everyone';
  readonly isOperator: boolean;
  /** How many days until today; the addresses of other views have it. */
  readonly days: number;
  /** UTC days. */
  readonly from: string;
  readonly to: string;
  /** The same days as they are written in the language of the page. */
  readonly written: { readonly from: string; readonly to: string };
  readonly currency: string;
  readonly rows: readonly ShownRow[];
  readonly total: PresentedSums;
  readonly budgets: readonly (Omit<BudgetState, 'resetsAt'> & { readonly left: number })[];
  /** The address of the rows as a file. */
  readonly csv: string;
}

export interface UsageProps {
  readonly words: LaterTexts['usage'];
  readonly usage: ShownUsage;
}
