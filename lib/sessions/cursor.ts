import { invalidFields } from '@/lib/errors';
import { plainId } from './id';
import type { ListPlace } from './session-store';
import { fields } from '@/lib/texts/api-fields';

/** Keyset pagination: a page of `limit` rows out of `limit + 1`, and the cursor of the next page; null at the end. */
export function pageOf<Row extends ListPlace>(
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: last && rows.length > limit ? writeCursor(last) : null };
}

/** An opaque cursor, valid until its session has another place in the list. */
export const writeCursor = ({ time, id }: ListPlace): string =>
  Buffer.from(`${time.toISOString()} ${id}`).toString('base64url');

export function readCursor(cursor: string): ListPlace {
  const [written, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const time = new Date(written ?? '');
  const isTime =
    written !== undefined && /^(?!0000)\d{4}-.*Z$/.test(written) && !Number.isNaN(+time);
  if (!isTime || !id || id !== plainId(id) || rest.length > 0) {
    const msg = fields.cursor;
    throw invalidFields([{ loc: ['cursor'], msg, type: 'cursor' }]);
  }
  return { time, id };
}
