import { z } from 'zod';
import type { Entry } from '@/lib/reply/entry';
import type { ReplyFacts } from './reply-facts';
import { plainText } from './text';
import { fields } from '@/lib/texts/api-fields';

export const ROLES = ['user', 'assistant'] as const;
export type Role = (typeof ROLES)[number];

/** How a message ended. `running`: a reply being written, never shown as a message. */
export const MESSAGE_STATES = ['running', 'complete', 'stopped', 'interrupted'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Why a reply ends where it does, where that is not because it was whole. */
export const FINISHES = ['length', 'filter', 'tool-calls'] as const;

/** One message. `seq` orders the messages of a session; `parent` is the message it follows. */
export interface Message extends ReplyFacts {
  readonly id: string;
  readonly sessionId: string;
  readonly seq: number;
  readonly parent: string | null;
  readonly role: Role;
  /** The text, joined. */
  readonly content: string;
  /** The entries of a reply that are not text; null when there are none. */
  readonly parts: readonly Entry[] | null;
  readonly state: MessageState;
  readonly finish: (typeof FINISHES)[number] | null;
  readonly model: string | null;
  /** How long the model thought, in all turns of the reply; null where it did not, or that is unknown. */
  readonly thoughtMs: number | null;
  readonly tokens: number | null;
  /** The request id of the turn that wrote it; null for an appended message. */
  readonly turn: string | null;
  readonly createdAt: Date;
}

/** The maximum of a PostgreSQL integer. */
export const TOKENS_MAX = 2 ** 31 - 1;

export const appendMessageInput = z.object({
  role: z.enum(ROLES, fields.role),
  content: plainText.pipe(z.string().min(1, fields.notEmpty)),
  tokens: z
    .int(fields.whole)
    .min(0, fields.atLeast(0))
    .max(TOKENS_MAX, fields.atMost(TOKENS_MAX))
    .nullish(),
});
export type AppendMessage = z.infer<typeof appendMessageInput>;
