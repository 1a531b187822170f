import { invalidFields } from '@/lib/errors';
import { plainId } from './id';
import type { SessionCursor } from './session-store';
import { fields } from '@/lib/texts/api-fields';

/** Keyset pagination: a page of `limit` rows out of `limit + 1`, and the cursor of the next page; null at the end. */
export function pageOf<Row extends SessionCursor>(
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: last && rows.length > limit ? writeCursor(last) : null };
}

/** An opaque cursor, valid until its session is active again. */
export const writeCursor = ({ lastActivity, id }: SessionCursor): string =>
  Buffer.from(`${lastActivity.toISOString()} ${id}`).toString('base64url');

export function readCursor(cursor: string): SessionCursor {
  const [time, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const lastActivity = new Date(time ?? '');
  const isTime =
    time !== undefined && /^(?!0000)\d{4}-.*Z$/.test(time) && !Number.isNaN(+lastActivity);
  if (!isTime || !id || id !== plainId(id) || rest.length > 0) {
    const msg = fields.cursor;
    throw invalidFields([{ loc: ['cursor'], msg, type: 'cursor' }]);
  }
  return { lastActivity, id };
}
