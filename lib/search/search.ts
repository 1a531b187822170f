// Pure: the index is in `db/search`.
import { z } from 'zod';
import { invalidFields } from '@/lib/errors';
import { codePoints } from '@/lib/sessions/message-length';
import { ROLES, type Role } from '@/lib/sessions/message';
import { isoTime } from '@/lib/sessions/present';
import { shownTitle } from '@/lib/sessions/title';
import { trimmedText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';
import type { HitKind } from './kinds';
import type { Snippet } from './snippet';

/** What a search found. `id` orders the hits: newer texts have higher ones. */
export interface Hit extends Snippet {
  readonly id: number;
  readonly kind: HitKind;
  readonly sessionId: string;
  readonly title: string | null;
  readonly opening: string | null;
  /** Of a message; null for a title or a memory. */
  readonly messageId: string | null;
  readonly role: Role | null;
  readonly createdAt: Date;
}

export interface SearchFilter {
  readonly role?: Role | undefined;
  readonly model?: string | undefined;
  /** Written at this time or later. */
  readonly after?: Date | undefined;
  /** Written before this time. */
  readonly before?: Date | undefined;
}

export interface SearchStore {
  /** The newest texts of this owner that match `q`. `below`: the id to go on from; null: from the newest. */
  find(input: { owner: string; q: string; filter: SearchFilter; below: number | null }): Promise<{
    readonly hits: readonly Hit[];
    /** Where the next page begins; null at the end. */
    readonly next: number | null;
    /** Texts wait to be indexed, so some may be missing. */
    readonly isIndexing: boolean;
  }>;
  /** Indexes some of the texts that wait for it. Resolves to false when none is left. */
  indexSome(): Promise<boolean>;
}

const Q_MAX = 500;
const MODEL_MAX = 256;

/** A plus in an address that was not escaped is read as a space. */
const TIME = /^(?!0000)\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+ -]\d\d:\d\d))?$/i;

const time = z.string().transform((text, context) => {
  const read = new Date(text.replace(/ (?=\d\d:\d\d$)/, '+'));
  if (TIME.test(text) && !Number.isNaN(+read)) return read;
  context.addIssue(fields.time);
  return z.NEVER;
});

export const searchQuery = z.object({
  q: trimmedText
    .pipe(z.string().min(1, fields.notEmpty))
    .refine((text) => codePoints(text) <= Q_MAX, fields.longest(Q_MAX)),
  role: z.enum(ROLES, fields.role).optional(),
  model: trimmedText
    .refine((text) => text.length <= MODEL_MAX, fields.longest(MODEL_MAX))
    .optional(),
  after: time.optional(),
  before: time.optional(),
  cursor: z.string().optional(),
});

/** `untitled`: what to call a session without a title. */
export const presentHit = (hit: Hit, untitled: string) => ({
  session_id: hit.sessionId,
  message_id: hit.messageId,
  kind: hit.kind,
  title: shownTitle(hit, untitled),
  role: hit.role,
  snippet: hit.snippet,
  highlights: hit.highlights,
  created_at: isoTime(hit.createdAt),
});
export type FoundText = ReturnType<typeof presentHit>;

const writeSearchCursor = (below: number): string =>
  Buffer.from(String(below)).toString('base64url');

export function readSearchCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (/^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw invalidFields([{ loc: ['cursor'], msg: fields.cursor, type: 'cursor' }]);
}

/** The address of the next page: the same search, from a cursor on. */
export function nextAddress(url: string, below: number): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set('cursor', writeSearchCursor(below));
  return `${pathname}?${searchParams.toString()}`;
}
