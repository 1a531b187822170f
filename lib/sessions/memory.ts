import { z } from 'zod';
import { seen, version } from './session';
import { trimmedText } from './text';
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

export interface Memory {
  readonly memory: string | null;
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

/** With `history` all revisions are deleted too. */
export const forgetMemoryQuery = z.object({
  history: z.literal('true', fields.true).optional(),
});

export interface MemoryStore {
  get(owner: string, sessionId: string): Promise<Memory>;
  /**
   * Stores the memory and a revision by the user. Throws `conflict` when `version` or `seen` is given and differs from
   * the stored value, and `over-quota`.
   */
  edit(input: {
    owner: string;
    sessionId: string;
    edit: EditMemory;
    version?: number | undefined;
    seen?: string | null | undefined;
    revisionId: string;
    now: Date;
  }): Promise<Memory>;
  /**
   * The memory that the exchange of a turn is to be merged into; null when it is not to be: the memory was forgotten
   * since the turn began or is switched off, or the session is gone.
   */
  toMerge(exchange: { sessionId: string; turn: string }): Promise<Pick<Memory, 'memory'> | null>;
  /**
   * Writes what the model made of `previous`, with its revision. False, and nothing written, when the memory is no
   * longer `previous`, or the exchange is not to be merged any more.
   */
  merge(input: {
    sessionId: string;
    previous: string | null;
    text: string;
    turn: string;
    revisionId: string;
    now: Date;
  }): Promise<boolean>;
  /** Forgets the memory and all its revisions. As with any forgetting, no exchange that began before is merged later. */
  forgetAll(owner: string, sessionId: string, now: Date): Promise<void>;
  /** Newest first, at most `limit`. A hundred are kept. */
  revisions(owner: string, sessionId: string, limit: number): Promise<MemoryRevision[]>;
}
