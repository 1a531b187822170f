import type { ShownFailure } from '@/lib/errors';
import type { MessageState, Role } from '@/lib/sessions/message';

/** What the server gives a page: plain values that cross to the browser as they are. */
export interface PageMessage {
  readonly id: string;
  readonly role: Role;
  readonly content: string;
  readonly state: Exclude<MessageState, 'running'>;
  /** The request id of the turn that made it; null where the page cannot know. */
  readonly turn: string | null;
  /** Why a reply broke off, where that is known. */
  readonly cut?: ShownFailure | null;
  /** How many earlier messages the prompt of a reply had no room for; null or absent when none. */
  readonly omitted?: number | null;
}

/** A turn that failed before its first token, kept beside the session. */
export interface PageFailedTurn {
  readonly requestId: string;
  readonly text: string;
  readonly failure: ShownFailure;
  /** How long trying again is still pointless; null or absent: it is not. */
  readonly retryInMs?: number | null;
}

/** What a list says of a session. */
export interface ListedSession {
  readonly id: string;
  readonly title: string | null;
  readonly opening: string | null;
  /** ISO 8601. */
  readonly lastActivity: string;
}

/** A session that can be restored. */
export interface TrashedSession extends Pick<ListedSession, 'id' | 'title' | 'opening'> {
  /** ISO 8601. */
  readonly deletedAt: string;
}

/** Some messages of a session that follow one another. */
export interface MessagePage {
  readonly messages: readonly PageMessage[];
  /** There are messages before the first of these. */
  readonly hasEarlier: boolean;
}

export interface SessionPage extends ListedSession, MessagePage {
  /** Raised by each change. */
  readonly version: number;
  /** Request ids of turns whose reply is still being written. */
  readonly running: readonly string[];
  readonly failed: readonly PageFailedTurn[];
}

/** All that a page shows, read again when something changed. */
export interface ShownPage {
  readonly sessions: readonly ListedSession[];
  readonly hasMore: boolean;
  /** Null when none was asked for, or there is none. */
  readonly session: SessionPage | null;
}

/** What may be sent, and to whom. */
export interface PageModels {
  /** The first is the default. */
  readonly models: readonly string[];
  readonly demo: boolean;
  /** The longest message, in code points. */
  readonly messageMax: number;
}
