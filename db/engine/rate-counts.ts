import type pg from 'pg';
import { guarded } from './failures';
import { inRounds, ROUND } from './rounds';

/** Counts requests for all instances together, by the clock of the database. */
export interface RateCounts {
  /**
   * One more in each of the windows, in this order, as far as they are not full: the last that is answered is the first
   * that was, or the last of all.
   */
  count(windows: readonly CountedWindow[]): Promise<readonly Counted[]>;
  /** Deletes windows that are over, in small steps. */
  prune(): Promise<void>;
}

interface CountedWindow {
  /** Whom and what is counted. No two of a call are the same. */
  readonly key: Buffer;
  readonly seconds: number;
  readonly limit: number;
}

interface Counted {
  /** With this one; more than the limit: it was full. */
  readonly count: number;
  /** In milliseconds since 1970. */
  readonly endsAt: number;
}

/**
 * One statement, which is a transaction of its own: only those who are counted by the same key wait for one another, and
 * they lock its windows in one order. Windows are aligned to the clock; one that has waited for its lock past the end of
 * a window counts in the next.
 */
function countStatement(windows: number): string {
  const counted = Array.from({ length: windows }, (_, n) => {
    const [key, seconds, limit] = [1, 2, 3].map((place) => `$${String(3 * n + place)}`);
    const before = n === 0 ? '' : `from w${String(n - 1)} where within`;
    return `w${String(n)} as (
      insert into rate_counts as known (key, ends_at, count)
      select ${key}::bytea, to_timestamp((floor(extract(epoch from clock_timestamp()) / ${seconds}::int) + 1) * ${seconds}::int), 1 ${before}
      on conflict (key) do update set
        count = case when known.ends_at < excluded.ends_at then 1 else least(known.count, ${limit}::int) + 1 end,
        ends_at = greatest(known.ends_at, excluded.ends_at)
      returning count, ends_at, count <= ${limit}::int as within)`;
  });
  const read = Array.from(
    { length: windows },
    (_, n) =>
      `select ${String(n)} as place, count, extract(epoch from ends_at) * 1000 as ends_at from w${String(n)}`,
  );
  return `with ${counted.join(', ')} ${read.join(' union all ')} order by place`;
}

const PRUNE = `delete from rate_counts where key in (
  select key from rate_counts where ends_at < clock_timestamp() - interval '1 minute'
  limit ${String(ROUND)} for update skip locked)`;

export function rateCounts(pool: pg.Pool): RateCounts {
  const statements = new Map<number, string>();
  const statementFor = (windows: number): string => {
    const text = statements.get(windows) ?? countStatement(windows);
    statements.set(windows, text);
    return text;
  };
  return {
    count: (windows) =>
      guarded(async () => {
        const values = windows.flatMap(({ key, seconds, limit }) => [key, seconds, limit]);
        const { rows } = await pool.query<{ count: number; ends_at: string }>(
          statementFor(windows.length),
          values,
        );
        return rows.map(({ count, ends_at }) => ({ count, endsAt: Number(ends_at) }));
      }),
    prune: () =>
      inRounds(() =>
        guarded(async () => {
          const { rowCount } = await pool.query(PRUNE);
          return { more: rowCount === ROUND };
        }),
      ),
  };
}
