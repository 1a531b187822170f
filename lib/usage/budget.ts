/** How much may be used in a day or a calendar month of UTC. */
export interface BudgetLimit {
  readonly unit: 'money' | 'tokens';
  readonly window: 'day' | 'month';
  /** In micros of the currency, or in tokens. */
  readonly limit: number;
}

/** By whose use it counts: everybody's together, a person's, or a key's. */
export type BudgetName = 'CHAT_BUDGET' | 'CHAT_PERSON_BUDGET' | 'CHAT_KEY_BUDGET';

export type Budgets = Readonly<Record<BudgetName, readonly BudgetLimit[]>>;

export const NO_BUDGETS: Budgets = { CHAT_BUDGET: [], CHAT_PERSON_BUDGET: [], CHAT_KEY_BUDGET: [] };

/** True when a turn of a model without a price cannot be counted. */
export const needPrices = (limits: readonly BudgetLimit[]): boolean =>
  limits.some(({ unit }) => unit === 'money');

/** The same, of any budget. */
export const anyNeedsPrices = (budgets: Budgets): boolean =>
  needPrices([...budgets.CHAT_BUDGET, ...budgets.CHAT_PERSON_BUDGET, ...budgets.CHAT_KEY_BUDGET]);

/** How a budget stands. `reserved`: for the replies that are being written. */
export interface BudgetState extends BudgetLimit {
  readonly budget: BudgetName;
  readonly used: number;
  readonly reserved: number;
  readonly resetsAt: Date;
}

/** From this share on the page says so. */
const NEARLY = 0.8;
export const isNearlyUsed = ({ used, limit }: Pick<BudgetState, 'used' | 'limit'>): boolean =>
  used >= limit * NEARLY;
