import { NO_BUDGETS, type Budgets } from '@/lib/usage/budget';

/** The store's limits. Each has the name of its environment variable, so that a refusal can name it. */
export interface Bounds extends Budgets {
  /** Per owner; the trash counts until it is purged. */
  readonly OWNER_MAX_SESSIONS: number;
  readonly OWNER_MAX_MESSAGES: number;
  readonly OWNER_MAX_MEGABYTES: number;
  /** Replies of one owner being written at a time, on all instances. */
  readonly TURNS_PER_OWNER: number;
  /** The whole deployment's use of the upstream per UTC day. */
  readonly CHAT_DAILY_LIMIT: { readonly turns: number; readonly tokens: number };
  /** Called with the limit that caused a refusal. */
  readonly refused: (bound: BoundName) => void;
}

export type LimitName = Exclude<keyof Bounds, 'refused'>;
export type BoundName = LimitName | 'TURNS_MAX';

const NO_LIMITS: Omit<Bounds, 'refused'> = {
  OWNER_MAX_SESSIONS: Infinity,
  OWNER_MAX_MESSAGES: Infinity,
  OWNER_MAX_MEGABYTES: Infinity,
  TURNS_PER_OWNER: Infinity,
  CHAT_DAILY_LIMIT: { turns: Infinity, tokens: Infinity },
  ...NO_BUDGETS,
};

export const LIMIT_NAMES = Object.keys(NO_LIMITS) as readonly LimitName[];

/** The default of a store that is opened without limits, as in tests. */
export const UNBOUNDED: Bounds = { ...NO_LIMITS, refused: () => undefined };
