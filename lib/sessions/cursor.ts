import { invalidFields } from '@/lib/errors';
import { plainId } from './id';
import type { Sort } from './session';
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
export const writeCursor = ({ key, id }: ListPlace): string =>
  Buffer.from(`${typeof key === 'string' ? key : key.toISOString()} ${id}`).toString('base64url');

/** For a page of a list that is sorted so. */
export function readCursor(cursor: string, sort?: Sort): ListPlace {
  const written = Buffer.from(cursor, 'base64url').toString();
  // A title may have spaces, an id has none.
  const end = written.lastIndexOf(' ');
  const id = written.slice(end + 1);
  const key = end < 0 ? null : keyOf(written.slice(0, end), sort);
  if (key === null || !id || id !== plainId(id)) {
    const msg = fields.cursor;
    throw invalidFields([{ loc: ['cursor'], msg, type: 'cursor' }]);
  }
  return { key, id };
}

function keyOf(written: string, sort?: Sort): Date | string | null {
  if (sort === 'title') return written.includes('\0') ? null : written;
  const time = new Date(written);
  return /^(?!0000)\d{4}-\S*Z$/.test(written) && !Number.isNaN(+time) ? time : null;
}
