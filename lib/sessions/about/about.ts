import { z } from 'zod';
import { lineChanges } from '@/lib/sessions/memory/line-changes';
import { plainId } from '@/lib/sessions/id';
import { isoTime } from '@/lib/sessions/present';
import { seen } from '@/lib/sessions/session';
import { trimmedText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';

/** The longest text, in UTF-16 units: it is part of every prompt. */
export const ABOUT_MAX = 2000;

/** What an owner wrote about themselves, for every session's prompt. Null: nothing, so nothing is sent. */
export interface About {
  readonly text: string | null;
  /** Null: never written. */
  readonly updatedAt: Date | null;
}

export interface AboutRevision {
  readonly text: string | null;
  readonly createdAt: Date;
}

export interface KeptAboutRevision extends AboutRevision {
  readonly id: string;
  readonly seq: number;
  /** Undefined when it is no longer kept. */
  readonly before: string | null | undefined;
}

export const editAboutInput = z.object({
  about: trimmedText
    .pipe(z.string().max(ABOUT_MAX, fields.longest(ABOUT_MAX)))
    .nullable()
    .transform((text) => text || null),
  seen,
});

export const undoAboutInput = z.object({ undo: z.string().transform(plainId) });

interface Write {
  readonly owner: string;
  readonly revisionId: string;
  readonly now: Date;
}

export interface AboutStore {
  get(owner: string): Promise<About>;
  /** When these owners' texts were last written, for those that have one or its history. Read each second. */
  writtenAt(owners: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** Stores the text and a revision. Throws `conflict` when `expected` is given and differs, and `over-quota`. */
  edit(
    input: Write & { readonly text: string | null; readonly expected?: string | null | undefined },
  ): Promise<About>;
  /** Takes one change back, as in a memory. Throws `not-found`, `conflict` and `over-quota`. */
  undo(input: Write & { readonly undoes: string }): Promise<About>;
  /** Deletes the text and all its revisions. */
  forgetAll(owner: string): Promise<void>;
  /** Newest first, at most `limit`, with numbers below `before`. A hundred are kept. */
  revisions(owner: string, limit: number, before?: number): Promise<KeptAboutRevision[]>;
}

export const presentAbout = ({ text, updatedAt }: About) => ({
  about: text,
  updated_at: updatedAt && isoTime(updatedAt),
  chars: text?.length ?? 0,
  max_chars: ABOUT_MAX,
});

export const presentAboutRevision = ({ id, text, before, createdAt }: KeptAboutRevision) => ({
  id,
  about: text,
  changes: before === undefined ? null : lineChanges(before, text),
  created_at: isoTime(createdAt),
});
