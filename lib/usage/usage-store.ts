import type { BudgetState } from './budget';
import type { Price, Tokens } from './price';

/** What a request after a turn cost, such as the merge of a memory. */
export interface Spent {
  /** Of the turn; its owner pays. */
  readonly requestId: string;
  readonly model: string;
  readonly price: Price | null;
  readonly tokens: Tokens;
  readonly now: Date;
}

/** Sums of a day, model or owner, or of all. Those in milliseconds are of `firsts` replies and of `totals` turns. */
export interface Sums {
  readonly turns: number;
  /** Without a reply, or it broke off. */
  readonly failed: number;
  readonly input: number;
  readonly output: number;
  /** The known part of the cost. */
  readonly micros: number;
  /** Requests whose cost is unknown. */
  readonly unpriced: number;
  readonly firstMs: number;
  readonly firsts: number;
  readonly totalMs: number;
  readonly totals: number;
}

export const GROUPS = ['day', 'model', 'person'] as const;
export type Group = (typeof GROUPS)[number];

export interface UsageRange {
  /** Null: everybody's. */
  readonly owner: string | null;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
}

export interface UsageStore {
  /** Counts a request outside a turn. */
  spend(spent: Spent): Promise<void>;
  /**
   * The sums of each day in order, or of each model or owner with the most tokens first, at most a thousand. ''
   * in the result is of people who were deleted.
   */
  sums(range: UsageRange & { readonly by: Group }): Promise<(Sums & { readonly of: string })[]>;
  /** The sums of the whole range. */
  total(range: UsageRange): Promise<Sums>;
  /** How the budgets stand that count for this owner and key; with `shared`, everybody's too. */
  budgets(whose: {
    readonly owner: string;
    readonly keyId?: string | undefined;
    readonly now: Date;
    readonly shared: boolean;
  }): Promise<BudgetState[]>;
  /** Deletes the sums of earlier days. */
  prune(before: string): Promise<void>;
}
