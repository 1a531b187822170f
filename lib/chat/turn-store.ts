import type { Role } from '@/lib/sessions/message';
import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/llm/port';
import type { EndState, TurnEnd } from './events';
import type { FailedTurn, Turn } from './turn';

export interface NewTurn {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  readonly text: string;
  readonly model: string;
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
  /** Ids for the two messages, used only with a session. */
  readonly userMessageId: string;
  readonly replyId: string;
  readonly instance: string;
  /** How many stored messages to read for the prompt, newest last. */
  readonly contextMessages: number;
  /** A failed turn of the same session and owner that this one replaces. */
  readonly retryOf: string | null;
  readonly now: Date;
}

export interface TurnContext {
  readonly messages: readonly { readonly role: Role; readonly content: string }[];
  /** Null when there is none or the session has its memory switched off. */
  readonly memory: string | null;
  readonly systemPrompt: string | null;
}

export type BegunTurn =
  | { readonly kind: 'started'; readonly context: TurnContext }
  /** The same owner sent the same key and body before. */
  | { readonly kind: 'joined'; readonly requestId: string };

/** Text of a turn from `offset`, counted in UTF-16 units from the start of the reply. */
export interface TextBatch {
  readonly requestId: string;
  readonly offset: number;
  readonly text: string;
}

export interface TurnResult {
  readonly requestId: string;
  readonly state: EndState;
  readonly text: string;
  readonly failure: Failure | null;
  readonly usage: Usage | null;
  readonly firstTokenMs: number | null;
  readonly now: Date;
}

/** What running, watching and recovering turns need of the database. */
export interface TurnStore {
  /**
   * Stores the user message, a place for the reply and the turn, in one transaction, and reads the prompt's context.
   * Throws `not-found` (session) and `key-reused`. A request id that exists already is `conflict`.
   */
  begin(turn: NewTurn): Promise<BegunTurn>;
  /** Adds text and renews the heartbeat of the turns it belongs to, in one transaction. */
  appendText(batches: readonly TextBatch[], now: Date): Promise<void>;
  /** Renews the heartbeat of these running turns; answers which of them are asked to stop. */
  beat(requestIds: readonly string[], now: Date): Promise<string[]>;
  /**
   * Ends a running turn and stores its reply, in one transaction. A failed turn takes its two messages out of
   * the conversation and keeps the words. A turn that has ended already stays as it is; its end is answered.
   */
  end(result: TurnResult): Promise<TurnEnd>;
  find(owner: string, requestId: string): Promise<Turn | null>;
  /** What is stored of the reply from `offset` on; '' when there is no more. */
  textFrom(requestId: string, offset: number): Promise<string>;
  /** True when the turn is this owner's; it is then marked to be stopped if it still runs. */
  askStop(owner: string, requestId: string): Promise<boolean>;
  running(): Promise<{ requestId: string; instance: string; heartbeat: Date }[]>;
  runningIn(owner: string, sessionId: string): Promise<string[]>;
  failedIn(owner: string, sessionId: string): Promise<FailedTurn[]>;
  /** Forgets the words of a failed turn. False when there is none of this owner's. */
  dismiss(owner: string, requestId: string, now: Date): Promise<boolean>;
  /**
   * Drops the text batches of turns that ended before `endedBefore`, keys given before `keysBefore`, and turns without
   * a session as soon as no key leads to them.
   */
  tidy(before: { endedBefore: Date; keysBefore: Date }): Promise<void>;
}
