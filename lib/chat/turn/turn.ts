import { z } from 'zod';
import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/ports/model';
import { plainId } from '@/lib/sessions/id';
import { ROLES } from '@/lib/sessions/message';
import { plainText, trimmedText } from '@/lib/sessions/text';
import type { TurnState } from './events';
import { fields } from '@/lib/texts/api-fields';

const model = z.string(fields.model).optional();
const requestId = z.string(fields.requestId).transform(plainId);

/** More than a prompt usually takes. */
const HISTORY_MAX = 100;

/** The body of a send. Length and model are validated elsewhere: too long is a 413, and models need the catalogue. */
export const sendInput = z
  .object({
    message: trimmedText.pipe(z.string().min(1, fields.notEmpty)),
    model,
    /** An empty id means none, as in Ask-Flask. */
    session_id: z
      .string(fields.string)
      .nullish()
      .transform((id) => (id ? plainId(id) : null)),
    /** The request id of a failed turn of the same session that this send replaces. */
    retry_of: requestId.optional(),
    /** The message that this one answers; null: it starts the conversation over. Absent: the end of the shown branch. */
    parent_id: z
      .string(fields.messageIdOrNull)
      .min(1, fields.messageIdOrNull)
      .transform(plainId)
      .nullable()
      .optional(),
    /** Without a session: the messages before this one, oldest first. They are not stored. */
    history: z
      .array(z.object({ role: z.enum(ROLES, fields.role), content: plainText }), fields.history)
      .max(HISTORY_MAX, fields.mostHistory(HISTORY_MAX))
      .optional(),
  })
  .refine(({ history, session_id }) => history === undefined || session_id === null, {
    message: fields.notWithSession,
    path: ['history'],
  })
  .refine(({ parent_id, session_id }) => parent_id === undefined || session_id !== null, {
    message: fields.withSession,
    path: ['session_id'],
  });

const notTogether = z.undefined(fields.notWithContinue).optional();

/** The body of a request to continue a reply. */
export const continueInput = z.object({
  /** The request id of the turn whose reply was cut off or stopped. */
  continue: z.string(fields.requestId).min(1, fields.requestId).transform(plainId),
  model,
  session_id: z.string(fields.sessionOfReply).min(1, fields.sessionOfReply).transform(plainId),
  message: notTogether,
  retry_of: notTogether,
  parent_id: notTogether,
  regenerate: notTogether,
});

const notWithRegenerate = z.undefined(fields.notWithRegenerate).optional();

/** The body of a request for another reply to the same message. */
export const regenerateInput = z.object({
  /** A reply, or the user message that it answers. */
  regenerate: z.string(fields.messageId).min(1, fields.messageId).transform(plainId),
  model,
  session_id: z.string(fields.sessionOfReply).min(1, fields.sessionOfReply).transform(plainId),
  message: notWithRegenerate,
  retry_of: notWithRegenerate,
  parent_id: notWithRegenerate,
});

/** One user message and the effort to answer it. */
export interface Turn {
  readonly requestId: string;
  readonly owner: string;
  /** Null: this turn is not stored in a session. */
  readonly sessionId: string | null;
  readonly state: TurnState;
  readonly failure: Failure | null;
  readonly model: string;
  readonly userMessageId: string | null;
  readonly replyId: string | null;
  readonly usage: Usage | null;
  /** The process that runs it. */
  readonly instance: string;
  readonly stopRequested: boolean;
  /** How many earlier messages did not fit into the prompt; null when none. */
  readonly omitted: number | null;
  /** How long the model thought, with the turns that it continues; null where it did not, or that is unknown. */
  readonly thoughtMs: number | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** A turn that failed before its first token. Its user text is kept beside the conversation. */
export interface FailedTurn {
  readonly requestId: string;
  readonly text: string;
  readonly failure: Failure;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** How the turn that wrote a stored reply ended. */
export type StoredEnd = Pick<Turn, 'requestId' | 'failure' | 'omitted'>;
