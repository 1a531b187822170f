import { z } from 'zod';

export const TITLE_MAX = 200;

/** A conversation. `title` is null until somebody names it. */
export interface Session {
  readonly id: string;
  readonly owner: string;
  readonly title: string | null;
  readonly memory: string | null;
  readonly memoryEnabled: boolean;
  readonly systemPrompt: string | null;
  readonly model: string | null;
  /** The message that ends the shown branch. */
  readonly head: string | null;
  /** The highest `seq` given to a message of this session. */
  readonly lastSeq: number;
  /** Raised by each write. */
  readonly version: number;
  readonly lastActivity: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** A row of the list. `opening` is the beginning of the first message, for a title where none was given. */
export interface SessionSummary {
  readonly id: string;
  readonly title: string | null;
  readonly opening: string | null;
  readonly createdAt: Date;
  readonly lastActivity: Date;
}

const tooLong = `Must be at most ${String(TITLE_MAX)} characters`;
const title = z.string('Must be a string').trim();

/** A blank title is no title. Unknown keys are ignored, as the original did. */
export const createSessionInput = z.object({
  title: title
    .max(TITLE_MAX, tooLong)
    .nullish()
    .transform((text) => text || null),
});

export const renameSessionInput = z.object({
  title: title.min(1, 'Must not be empty').max(TITLE_MAX, tooLong),
});
