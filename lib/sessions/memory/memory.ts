import { z } from 'zod';
import { plainId } from '@/lib/sessions/id';
import { seen, version } from '@/lib/sessions/session';
import { trimmedText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';

/** A stored state of the memory. `turn`: the turn after which the model wrote it; null for a user's edit. */
export interface MemoryRevision {
  readonly id: string;
  readonly sessionId: string;
  readonly text: string | null;
  readonly author: 'model' | 'user';
  readonly turn: string | null;
  readonly createdAt: Date;
}

/** A revision in the history. */
export interface KeptRevision extends MemoryRevision {
  readonly seq: number;
  /** What the memory was before; undefined when that is no longer kept. */
  readonly before: string | null | undefined;
  /** The reply of its turn, if that is still in the session. */
  readonly replyId: string | null;
}

export interface Memory {
  readonly memory: string | null;
  /** Lines that no merge drops, trimmed, in the order of the memory. */
  readonly pinned: readonly string[];
  readonly enabled: boolean;
  readonly updatedAt: Date;
}

export const editMemoryInput = (maxChars: number) =>
  z
    .object({
      memory: trimmedText
        .pipe(z.string().max(maxChars, fields.longest(maxChars)))
        .nullish()
        .transform((text) => (text === undefined ? undefined : text || null)),
      enabled: z.boolean(fields.trueOrFalse).optional(),
      version,
      seen,
    })
    .refine(({ memory, enabled }) => memory !== undefined || enabled !== undefined, {
      message: fields.memoryOrEnabled,
      path: ['memory'],
    });
export type EditMemory = Partial<
  Omit<z.infer<ReturnType<typeof editMemoryInput>>, 'version' | 'seen'>
>;

const line = trimmedText.pipe(z.string().min(1, fields.notEmpty)).optional();

/** Exactly one change, by a line of the memory or the id of a revision. */
export const changeMemoryInput = z
  .object({
    pin: line,
    unpin: line,
    forget: line,
    undo: z.string().transform(plainId).optional(),
    version,
  })
  .transform(({ version: on, ...change }, context) => {
    const [[kind, value] = [], ...more] = Object.entries(change).filter(
      ([, one]) => one !== undefined,
    );
    if (kind !== undefined && value !== undefined && more.length === 0)
      return { change: { kind: kind as ChangeMemory['kind'], value }, version: on };
    context.addIssue({ code: 'custom', path: ['pin'], message: fields.oneMemoryChange });
    return z.NEVER;
  });
export interface ChangeMemory {
  readonly kind: 'pin' | 'unpin' | 'forget' | 'undo';
  readonly value: string;
}

/** How many revisions are kept. */
export const REVISIONS_MAX = 100;

export const readRevisionsQuery = z.object({
  limit: z.coerce
    .number(fields.whole)
    .int(fields.whole)
    .min(1, fields.atLeast(1))
    .max(REVISIONS_MAX, fields.atMost(REVISIONS_MAX))
    .default(REVISIONS_MAX),
  cursor: z.coerce
    .number(fields.cursor)
    .int(fields.cursor)
    .min(1, fields.cursor)
    .max(2 ** 31 - 1, fields.cursor)
    .optional(),
});

/** With `history` all revisions are deleted too. */
export const forgetMemoryQuery = z.object({
  history: z.literal('true', fields.true).optional(),
});

export interface MemoryStore {
  get(owner: string, sessionId: string): Promise<Memory>;
  /**
   * Stores the memory and a revision by the user. Throws `conflict` when `version` or `expected` is given and differs from
   * the stored value, and `over-quota`.
   */
  edit(input: {
    owner: string;
    sessionId: string;
    edit: EditMemory;
    version?: number | undefined;
    expected?: string | null | undefined;
    revisionId: string;
    now: Date;
  }): Promise<Memory>;
  /**
   * Pins or unpins a line, forgets one, or undoes a revision: one more revision where the text changes. Throws
   * `conflict` when the line is not in the memory, when the undo is not clean or `maxChars` is too little for it, and
   * when `version` is given and differs; `not-found` for an unknown revision; `over-quota`.
   */
  change(input: {
    owner: string;
    sessionId: string;
    change: ChangeMemory;
    maxChars: number;
    version?: number | undefined;
    revisionId: string;
    now: Date;
  }): Promise<Memory>;
  /**
   * The memory that the exchange of a turn is to be merged into; null when it is not to be: the memory was forgotten
   * since the turn began or is switched off, or the session is gone.
   */
  toMerge(exchange: {
    sessionId: string;
    turn: string;
  }): Promise<Pick<Memory, 'memory' | 'pinned'> | null>;
  /**
   * Writes what the model made of `previous`, with its revision. False, and nothing written, when the memory is no
   * longer `previous` or other lines of it are pinned, or the exchange is not to be merged any more.
   */
  merge(input: {
    sessionId: string;
    previous: Pick<Memory, 'memory' | 'pinned'>;
    text: string;
    turn: string;
    revisionId: string;
    now: Date;
  }): Promise<boolean>;
  /** Forgets the memory and all its revisions. As with any forgetting, no exchange that began before is merged later. */
  forgetAll(owner: string, sessionId: string, now: Date): Promise<void>;
  /** Newest first, at most `limit`, with numbers below `before`. A hundred are kept. */
  revisions(
    owner: string,
    sessionId: string,
    limit: number,
    before?: number,
  ): Promise<KeptRevision[]>;
}
