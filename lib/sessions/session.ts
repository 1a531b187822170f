import { z } from 'zod';
import { plainId } from './id';
import { codePoints } from './message-length';
import { trimmedText } from './text';
import { TITLE_MAX } from './title';
import { fields } from '@/lib/texts/api-fields';

/** A conversation. `title` is null until somebody names it. */
export interface Session {
  readonly id: string;
  readonly owner: string;
  readonly title: string | null;
  /** The beginning of the first message, for a title where none was given. */
  readonly opening: string | null;
  readonly memory: string | null;
  readonly memoryEnabled: boolean;
  /** The `lastSeq` when the memory was forgotten last: nothing that was said up to there goes into it any more. */
  readonly forgottenSeq: number;
  readonly systemPrompt: string | null;
  readonly model: string | null;
  /** The message that ends the shown branch. */
  readonly head: string | null;
  /** The highest `seq` given to a message of this session. */
  readonly lastSeq: number;
  /** How long its messages, the words of failed turns and its memories are together, in UTF-8. */
  readonly bytes: number;
  /** Raised by each write. */
  readonly version: number;
  readonly lastActivity: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** A row of the list. */
export type SessionSummary = Pick<
  Session,
  'id' | 'title' | 'opening' | 'createdAt' | 'lastActivity'
>;

/** One in the trash. */
export type DeletedSession = Pick<Session, 'id' | 'title' | 'opening'> & {
  readonly deletedAt: Date;
};

/** How much of a first message is kept to name a session by. */
export const OPENING_MAX = 80;

/** The opening that a first message gives: its first characters, on lines as they were written. */
export const openingOf = (text: string): string =>
  Array.from(text.trim().slice(0, OPENING_MAX * 2))
    .slice(0, OPENING_MAX)
    .join('');

/** The version that a change was made on; a stale one is refused. */
export const version = z.int(fields.whole).optional();

/**
 * What stood there when the change was decided; null: nothing. Refused when it is another now. Unlike `version`, what
 * happens elsewhere in the session in between does not matter.
 */
export const seen = z.string(fields.stringOrNull).nullable().optional();

const tooLong = fields.longest(TITLE_MAX);
const title = trimmedText.refine((text) => codePoints(text) <= TITLE_MAX, tooLong);

/** A blank title is no title. Unknown keys are ignored, as the original did. */
export const createSessionInput = z.object({
  title: title.nullish().transform((text) => text || null),
});

export const renameSessionInput = z.object({
  title: title.pipe(z.string().min(1, fields.notEmpty)),
  version,
  seen,
});

const limit = z.coerce.number(fields.whole).int(fields.whole).min(1, fields.atLeast(1));

export const listSessionsQuery = z.object({
  limit: limit.max(500, fields.atMost(500)).default(500),
  cursor: z.string().optional(),
});

/** Without a limit all messages; `before` is the id of a message. */
export const readMessagesQuery = z.object({
  limit: limit.max(1000, fields.atMost(1000)).optional(),
  before: z.string().transform(plainId).optional(),
});
