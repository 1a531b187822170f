/** What the store refuses to go past. Each is named after its variable, so that a refusal can say which one. */
export interface Bounds {
  /** What one owner may keep; what is in the trash counts until it is purged. */
  readonly OWNER_MAX_SESSIONS: number;
  readonly OWNER_MAX_MESSAGES: number;
  readonly OWNER_MAX_MEGABYTES: number;
  /** Replies of one owner that are written at a time, on all instances. */
  readonly TURNS_PER_OWNER: number;
  /** What the whole deployment may ask of the upstream on a day in UTC. */
  readonly CHAT_DAILY_LIMIT: { readonly turns: number; readonly tokens: number };
  /** Told the name of the bound that something was refused for. */
  readonly refused: (bound: BoundName) => void;
}

export type BoundName = Exclude<keyof Bounds, 'refused'> | 'TURNS_MAX';

/** For whoever opens a store without the program around it. */
export const UNBOUNDED: Bounds = {
  OWNER_MAX_SESSIONS: Infinity,
  OWNER_MAX_MESSAGES: Infinity,
  OWNER_MAX_MEGABYTES: Infinity,
  TURNS_PER_OWNER: Infinity,
  CHAT_DAILY_LIMIT: { turns: Infinity, tokens: Infinity },
  refused: () => undefined,
};
