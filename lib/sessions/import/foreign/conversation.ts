import type { Source } from '@/lib/sessions/export/file-format';
import type { Role } from '@/lib/sessions/message';
import type { ForeignPart } from './left-out';

/** A conversation of another app, in the common form that all readers produce. */
export interface Conversation {
  readonly source: Source;
  /** That app's id. */
  readonly id: string;
  readonly title: string | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly model: string | null;
  readonly systemPrompt: string | null;
  readonly pinned: boolean;
  readonly archived: boolean;
  /** The last message of the branch that was shown; null: the newest. */
  readonly head: string | null;
  readonly nodes: readonly Node[];
}

/** A message of any kind, or nothing: one without parts does not show, and what answers it answers its parent. */
export interface Node {
  readonly id: string;
  readonly parent: string | null;
  readonly role: Role;
  readonly parts: readonly ForeignPart[];
  readonly model: string | null;
  readonly createdAt: Date | null;
}

/** Reads a value of a file. Null: it is of another shape. */
export type ReadConversation = (value: Fields) => Conversation | null;

/** An object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;
