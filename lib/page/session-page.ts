// Plain values only: the server sends them to the browser with the page.
import type { PageFailure } from '@/lib/public-failure';
import type { Entry } from '@/lib/reply/entry';
import type { SiblingPlace } from '@/lib/sessions/branches/branch-store';
import type { Sort } from '@/lib/sessions/session';
import type { Message, MessageState, Role } from '@/lib/sessions/message';
import type { BudgetState } from '@/lib/usage/budget';
import type { TokenUse } from './token-use';

/** Page data as plain values, serialised to the browser. */
export interface PageMessage {
  readonly id: string;
  readonly role: Role;
  readonly content: string;
  /** The entries of a reply that are not text; null or absent when there are none. */
  readonly parts?: readonly Entry[] | null;
  readonly state: Exclude<MessageState, 'running'>;
  /** The request id of the turn that wrote it; null when unknown. */
  readonly turn: string | null;
  /** The message that a user message answers; null: none. */
  readonly parent?: string | null;
  /** Absent for a message without siblings. */
  readonly place?: SiblingPlace;
  /** Why a reply broke off, where that is known. */
  readonly cut?: PageFailure | null;
  /** How many earlier messages the prompt of a reply had no room for; null or absent when none. */
  readonly omitted?: number | null;
  /** How long the model thought; null or absent when unknown. */
  readonly thoughtMs?: number | null;
  /** Of a reply. */
  readonly facts?: PageFacts;
}

/** The facts of a reply; null: unknown. */
export interface PageFacts {
  readonly model: string | null;
  readonly promptTokens: number | null;
  readonly tokens: number | null;
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
  readonly finish: Message['finish'];
  /** When it was begun. ISO 8601. */
  readonly writtenAt: string;
}

/** A turn that failed before its first token, kept beside the session. */
export interface PageFailedTurn {
  readonly requestId: string;
  readonly text: string;
  readonly failure: PageFailure;
  /** How long trying again is still pointless; null or absent: it is not. */
  readonly retryInMs?: number | null;
}

/** A session in a list. */
export interface ListedSession {
  readonly id: string;
  readonly title: string | null;
  readonly opening: string | null;
  /** ISO 8601. */
  readonly lastActivity: string;
  /** ISO 8601; null or absent: it is not pinned. */
  readonly pinnedAt?: string | null;
  /** ISO 8601; null or absent: it is not archived. */
  readonly archivedAt?: string | null;
  /** Absent without any. */
  readonly tags?: readonly string[];
}

/** A message on paper. */
export interface PrintedMessage extends Pick<PageMessage, 'id' | 'role' | 'content'> {
  readonly sources: readonly { readonly url: string; readonly title: string | null }[];
}

/** What is printed of a session. */
export interface PrintedSession {
  readonly id: string;
  readonly title: string;
  /** There are more messages, before the first. */
  readonly isCut: boolean;
  readonly messages: readonly PrintedMessage[];
}

/** A row on the page of a list. */
export interface IndexedSession extends Pick<ListedSession, 'id' | 'title' | 'opening' | 'tags'> {
  /** When it was put in the archive or the trash; else its last activity, or its beginning where that sorts. ISO 8601. */
  readonly since: string;
  readonly pinned?: true;
}

/** What a list is sorted by and narrowed to. */
export interface ListFilters {
  readonly sort?: Sort | undefined;
  readonly tag?: string | undefined;
  readonly model?: string | undefined;
}

/** What a list can be narrowed to. */
export interface ListChoices {
  readonly tags: readonly string[];
  readonly models: readonly string[];
}

/** One page of a list. */
export interface SessionListPage {
  readonly sessions: readonly IndexedSession[];
  /** Stand first, on the first page. */
  readonly pinned: readonly IndexedSession[];
  /** The cursor of the following page, null at the end. */
  readonly next: string | null;
  readonly filters: ListFilters;
  /** Null for the trash, which is not sorted. */
  readonly choices: ListChoices | null;
  /** When the server read it. */
  readonly now: number;
}

/** Consecutive messages of a session. */
export interface MessagePage {
  readonly messages: readonly PageMessage[];
  /** There are messages before the first one. */
  readonly hasEarlier: boolean;
}

export interface SessionPage extends ListedSession, MessagePage {
  /** Raised by each change. */
  readonly version: number;
  /** Its own model; null: the default. */
  readonly model: string | null;
  /** Request ids of turns whose reply is being written, on the shown branch. */
  readonly running: readonly string[];
  readonly failed: readonly PageFailedTurn[];
  /** Null without tokens. */
  readonly tokens: TokenUse | null;
}

/** A budget of which most is used. Money is in micros of the currency. */
export interface NearBudget extends Pick<BudgetState, 'unit' | 'window' | 'used' | 'limit'> {
  /** Everybody's together, which operators are told of. */
  readonly isShared: boolean;
  readonly currency: string;
}

/** All data of a page, read again after changes. */
export interface ShownPage {
  /** Null or absent while no budget is nearly used. */
  readonly budget?: NearBudget | null;
  readonly sessions: readonly ListedSession[];
  readonly hasMore: boolean;
  /** Null when none was requested or found. */
  readonly session: SessionPage | null;
}

/** The available models and the message limit. */
export interface PageModels {
  /** As in `ShownPage`, when the page was made. */
  readonly budget?: NearBudget | null;
  /** The first is the default. */
  readonly models: readonly string[];
  readonly demo: boolean;
  /** The maximum message length, in code points. */
  readonly messageMax: number;
}
