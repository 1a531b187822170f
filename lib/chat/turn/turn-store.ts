import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/ports/model';
import type { Role } from '@/lib/sessions/message';
import type { EndState, TurnEnd } from './events';
import type { TextPiece } from './text-log';
import type { FailedTurn, StoredEnd, Turn } from './turn';

/** The key of a send, and a hash of what it asked for. */
export interface Idempotency {
  readonly key: string;
  readonly bodyHash: string;
}

/** What every turn begins with. */
export interface TurnOrder {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  readonly model: string;
  readonly idempotency: Idempotency | null;
  readonly instance: string;
  /** How many stored messages to read for the prompt, newest last. */
  readonly contextMessages: number;
  /** A longer message has no room in the prompt, and is not read to its end. */
  readonly contextChars: number;
  readonly now: Date;
  /** This process runs as many turns as it may: this one is refused, unless it joins another. */
  readonly full?: boolean;
}

export interface NewTurn extends TurnOrder {
  readonly text: string;
  /** Ids for the two messages, used only with a session. */
  readonly userMessageId: string;
  readonly replyId: string;
  /** A failed turn of the same session and owner that this one replaces. */
  readonly retryOf: string | null;
}

export interface Continuation extends TurnOrder {
  readonly sessionId: string;
  /** The request id of the turn whose reply was cut off or stopped, and which this one goes on with. */
  readonly continues: string;
  /** A reply of this length is not continued any more. */
  readonly replyMaxChars: number;
}

export interface TurnContext {
  readonly messages: readonly { readonly role: Role; readonly content: string }[];
  /** Null when there is none or the session has its memory switched off. */
  readonly memory: string | null;
  readonly systemPrompt: string | null;
}

export type BegunTurn =
  | {
      readonly kind: 'started';
      /** What was said before the question. */
      readonly context: TurnContext;
      readonly question: string;
      /** What there is of the reply already. */
      readonly text: string;
    }
  /** The same owner sent the same key and body before. */
  | { readonly kind: 'joined'; readonly requestId: string }
  /** Another turn has this request id. */
  | { readonly kind: 'id-taken' };

/** Part of a turn's reply. */
export interface TextBatch extends TextPiece {
  readonly requestId: string;
}

export interface TurnResult {
  readonly requestId: string;
  readonly state: EndState;
  readonly text: string;
  readonly failure: Failure | null;
  readonly usage: Usage | null;
  /** How many tokens the text has; null when that is not known. */
  readonly tokens: number | null;
  /** What the upstream was asked for, in tokens; without it the text is what there is to go by. */
  readonly spent?: number;
  readonly firstTokenMs: number | null;
  /** How many earlier messages had no room in the prompt; null when none, or when that is not known. */
  readonly omitted: number | null;
  readonly now: Date;
}

/** What running, watching and recovering turns need of the database. */
export interface TurnStore {
  /**
   * Stores the user message, a place for the reply and the turn, in one transaction, and reads the prompt's context.
   * Throws `not-found` (session), `key-reused`, and `over-quota` or `over-budget` when it would go past a bound.
   */
  begin(turn: NewTurn): Promise<BegunTurn>;
  /**
   * Begins a turn that goes on with a reply: its text so far is the new turn's first text. Throws `not-found` (session
   * or turn), `key-reused`, `conflict` when the reply is not the session's last word, was neither cut off nor stopped,
   * or is as long as a reply may be, and what `begin` throws of bounds.
   */
  continue(turn: Continuation): Promise<BegunTurn>;
  /** Adds text and renews the heartbeat of the turns it belongs to, in one transaction. */
  appendText(batches: readonly TextBatch[], now: Date): Promise<void>;
  /**
   * Renews the heartbeat of these running turns; answers which are asked to stop, which run no more, and which were
   * watched by other instances.
   */
  beat(
    requestIds: readonly string[],
    now: Date,
  ): Promise<{
    stopAsked: readonly string[];
    ended: readonly string[];
    watched: readonly { readonly requestId: string; readonly until: Date }[];
  }>;
  /** Resolves when a write goes through just now; rejects while the store can only be read. */
  canWrite(): Promise<void>;
  /** Tells the process that runs a turn that somebody watches it on another one. */
  keepWatched(requestId: string, until: Date): Promise<void>;
  /**
   * Ends a running turn and stores its reply, in one transaction. A failed turn takes its two messages out of
   * the conversation and keeps the words. A turn that has ended already stays as it is, and its end is answered, but
   * for one that was taken for dead: what this end has more of its reply is added.
   */
  end(result: TurnResult): Promise<TurnEnd>;
  find(owner: string, requestId: string): Promise<Turn | null>;
  /** How these turns of a session ended, those that there are. */
  endsOf(owner: string, requestIds: readonly string[]): Promise<StoredEnd[]>;
  /** What is stored of the reply from `offset` on; '' when there is no more. */
  textFrom(requestId: string, offset: number): Promise<string>;
  /** True when the turn is this owner's; it is then marked to be stopped if it still runs. */
  askStop(owner: string, requestId: string): Promise<boolean>;
  running(): Promise<{ requestId: string; instance: string; heartbeat: Date }[]>;
  /** Without a session: all of this owner's. */
  runningIn(owner: string, sessionId?: string): Promise<string[]>;
  /** The newest hundred, oldest first. */
  failedIn(owner: string, sessionId: string): Promise<FailedTurn[]>;
  /** Forgets the words of a failed turn. False when there is none of this owner's. */
  dismiss(owner: string, requestId: string, now: Date): Promise<boolean>;
  /**
   * Drops the text batches of turns that ended before `endedBefore`, keys given before `keysBefore`, and turns without
   * a session as soon as no key leads to them.
   */
  tidy(before: { endedBefore: Date; keysBefore: Date }): Promise<void>;
}
