import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/ports/model';
import type { Price, Tokens } from '@/lib/usage/price';
import type { Message, Role } from '@/lib/sessions/message';
import type { EndState, TurnEnd } from './events';
import type { Entry } from '@/lib/reply/entry';
import type { Batch } from '@/lib/reply/log';
import type { PromptPlaces, PromptRecord } from './prompt-record';
import type { FailedTurn, StoredEnd, Turn } from './turn';

/** The idempotency key of a send and a hash of its body. */
export interface Idempotency {
  readonly key: string;
  readonly bodyHash: string;
}

/** The fields that every new turn has. */
export interface TurnOrder {
  readonly requestId: string;
  readonly owner: string;
  readonly sessionId: string | null;
  readonly model: string;
  readonly idempotency: Idempotency | null;
  readonly instance: string;
  /** How many stored messages to read for the prompt, oldest first. */
  readonly contextMessages: number;
  /** A longer message does not fit into the prompt and is read only up to this many characters. */
  readonly contextChars: number;
  readonly now: Date;
  /** This process is at its limit: refuse the turn, unless it joins another. */
  readonly full?: boolean;
  /** The stored key that the request came with. */
  readonly keyId?: string | undefined;
  /** What the model costs; null or absent: unknown. */
  readonly price?: Price | null;
  /** An unknown price may become known. */
  readonly pricesPending?: boolean;
  /** Of a prompt that is sent as it is; absent: estimated from the context. */
  readonly promptTokens?: number | undefined;
  /** The longest reply that the client asks for; null or absent: as the session has it. */
  readonly askedTokens?: number | null;
  /** The longest reply that there can be; null or absent: unknown. */
  readonly mostTokens?: number | null;
}

/** A turn with a new message, or one that regenerates a reply. */
export type NewTurn = TurnOrder & NewIds & (NewUserText | Regeneration);

/** Ids for new messages, used only with a session. */
export interface NewIds {
  readonly userMessageId: string;
  readonly replyId: string;
}

export interface Regeneration {
  /** A reply, or its user message, which gets another reply. */
  readonly regenerates: string;
}

export interface NewUserText {
  readonly text: string;
  /** The message that it answers; null: it starts the conversation over. Absent: the end of the shown branch. */
  readonly parent?: string | null | undefined;
  /** A failed turn of the same session and owner, which this one replaces. Without a parent it has that turn's. */
  readonly retryOf: string | null;
  /** Without a session: what the prompt holds before the text. It is not stored. */
  readonly history?: readonly Pick<Message, 'role' | 'content'>[] | undefined;
}

export interface Continuation extends TurnOrder {
  readonly sessionId: string;
  /** The request id of the turn whose stopped or interrupted reply this one continues. */
  readonly continues: string;
  /** In UTF-16 units. A reply of this length cannot be continued. */
  readonly replyMaxChars: number;
}

export interface TurnContext {
  readonly messages: readonly {
    readonly seq: number;
    readonly role: Role;
    readonly content: string;
  }[];
  /** What the owner wrote about themselves; null or absent: nothing. */
  readonly about?: string | null;
  /** Null when there is none or the session's memory is switched off. */
  readonly memory: string | null;
  readonly systemPrompt: string | null;
  /** Null: the deployment's, or the model's own. */
  readonly temperature: number | null;
  readonly maxTokens: number | null;
}

export type BegunTurn =
  | {
      readonly kind: 'started';
      /** The messages before the question. */
      readonly context: TurnContext;
      readonly question: string;
      /** The existing entries of the reply; none for a new one. */
      readonly reply: readonly Entry[];
      /** How long the model thought for them; null where it did not, or that is unknown. */
      readonly thoughtMs: number | null;
      /** Null without a session. */
      readonly places: PromptPlaces | null;
    }
  /** The same owner sent the same key and body before. */
  | { readonly kind: 'joined'; readonly requestId: string }
  /** Another turn has this request id. */
  | { readonly kind: 'id-taken' };

/** New entries of a turn's reply. */
export interface ReplyBatch extends Batch {
  readonly requestId: string;
  /** What the model saw, once its answer has begun. */
  readonly prompt?: PromptRecord | null;
}

export interface TurnResult {
  readonly requestId: string;
  readonly state: EndState;
  readonly entries: readonly Entry[];
  readonly failure: Failure | null;
  readonly usage: Usage | null;
  /** Tokens of the reply; null when unknown. */
  readonly tokens: number | null;
  /** Tokens spent on the request. When absent, they are estimated from the reply and what was reserved. */
  readonly spent?: Tokens;
  readonly firstTokenMs: number | null;
  /** From the start of the turn to its end; null or absent when unknown, as after a killed process. */
  readonly totalMs?: number | null;
  /** How many earlier messages did not fit into the prompt; null when none or unknown. */
  readonly omitted: number | null;
  /** How long the model thought for the whole reply; null when it did not, or unknown. */
  readonly thoughtMs?: number | null;
  /** What the model saw; null or absent: as recorded before. */
  readonly prompt?: PromptRecord | null;
  readonly now: Date;
}

/** The database operations that running, watching and recovering turns need. */
export interface TurnStore {
  /**
   * Stores the user message, a placeholder for the reply and the turn, in one transaction, and reads the prompt's
   * context: the branch up to the user message, which is shown from then on. With `regenerates`, a reply or its user
   * message, only another reply is begun. Throws `not-found` (session or message), `key-reused`, `conflict` for a
   * reply that answers no user message, and `over-quota` or `over-budget` at a limit.
   */
  begin(turn: NewTurn): Promise<BegunTurn>;
  /**
   * Begins a turn that continues a reply, which is the turn's initial reply. Throws `not-found` (session or
   * turn), `key-reused`, `conflict` (the reply does not end its branch, was neither stopped nor interrupted, or
   * has the maximum length), and `over-quota` or `over-budget` as `begin` does.
   */
  continue(turn: Continuation): Promise<BegunTurn>;
  /** Appends entries, all in one transaction. */
  appendEntries(batches: readonly ReplyBatch[]): Promise<void>;
  /**
   * Records that the process runs. Returns which of its turns were asked to stop, which have ended, and which are watched
   * on other instances.
   */
  heartbeat(beat: { instance: string; requestIds: readonly string[]; now: Date }): Promise<{
    stopRequested: readonly string[];
    ended: readonly string[];
    watched: readonly { readonly requestId: string; readonly until: Date }[];
  }>;
  /** Renews the heartbeats of these turns, which the previous release checks. */
  renewTurns(requestIds: readonly string[], now: Date): Promise<void>;
  /** Resolves when a write goes through just now; rejects while the store can only be read. */
  canWrite(): Promise<void>;
  /** Records that a client watches the turn on an instance that does not run it. */
  renewLease(requestId: string, until: Date): Promise<void>;
  /**
   * Ends a running turn and stores its reply, in one transaction. A failed turn's messages leave the conversation; its
   * user text is kept. Idempotent: for a turn that has ended, returns the stored end. Exception: a turn that another
   * instance declared dead still gets the rest of its reply.
   */
  end(result: TurnResult): Promise<TurnEnd>;
  find(owner: string, requestId: string): Promise<Turn | null>;
  /** The request id of the turn that this owner began with the same key; null for none. Throws `key-reused`. */
  findByKey(owner: string, idempotency: Idempotency): Promise<string | null>;
  /** How these turns of a session ended. Unknown ids are left out. */
  endsOf(owner: string, requestIds: readonly string[]): Promise<StoredEnd[]>;
  /** The stored reply from a position on. */
  entriesFrom(requestId: string, position: number): Promise<readonly Entry[]>;
  /** Marks the turn to be stopped if it still runs. Returns true when it belongs to this owner. */
  requestStop(owner: string, requestId: string): Promise<boolean>;
  /** The processes that have running turns. `lifeSign` changes for as long as a process runs. */
  instances(): Promise<{ instance: string; lifeSign: string }[]>;
  /** The request ids of the running turns of a process. */
  runningOn(instance: string): Promise<string[]>;
  /** Without a session: all of this owner's. */
  runningIn(owner: string, sessionId?: string): Promise<string[]>;
  /** The newest hundred, oldest first. */
  failedIn(owner: string, sessionId: string): Promise<FailedTurn[]>;
  /**
   * Deletes the user text of a failed turn, and the session permanently if nothing else was ever in it. Returns false
   * when this owner has no such turn.
   */
  dismiss(owner: string, requestId: string, now: Date): Promise<boolean>;
  /**
   * Prunes the text batches of all ended turns in sessions, idempotency keys older than `keysBefore`, turns without a
   * session that ended before `endedBefore` and to which no key leads, with their text, and instances without running
   * turns whose last heartbeat is from before `endedBefore`.
   */
  prune(before: { endedBefore: Date; keysBefore: Date }): Promise<void>;
}
