import type pg from 'pg';
import { mapErrors } from './failures';
import { inRounds, ROUND } from './rounds';

/** Rate counts shared by all instances, by the clock of the database. */
export interface RateCounts {
  /**
   * Increments the windows in order until one is full. The results end with the first full window, or with the last
   * one.
   */
  count(windows: readonly CountedWindow[]): Promise<readonly Counted[]>;
  /** Deletes expired windows, in small steps. */
  prune(): Promise<void>;
}

interface CountedWindow {
  /** Identifies the client and the window. Unique within a call. */
  readonly key: Buffer;
  readonly seconds: number;
  readonly limit: number;
}

interface Counted {
  /** Including this request; more than the limit means that the window was full. */
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/**
 * One statement, so one transaction: only requests with the same key wait for each other, and they lock the windows in
 * one order. Windows are aligned to the clock; a request that waited past the end of a window counts in the next.
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
      mapErrors(async () => {
        const values = windows.flatMap(({ key, seconds, limit }) => [key, seconds, limit]);
        const { rows } = await pool.query<{ count: number; ends_at: string }>(
          statementFor(windows.length),
          values,
        );
        return rows.map(({ count, ends_at }) => ({ count, endsAt: Number(ends_at) }));
      }),
    prune: () =>
      inRounds(() =>
        mapErrors(async () => {
          const { rowCount } = await pool.query(PRUNE);
          return { more: rowCount === ROUND };
        }),
      ),
  };
}
