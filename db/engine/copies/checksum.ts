import { createHash } from 'node:crypto';

/** A table's rows, in any order, as a number of rows and a sum of their hashes. */
export interface Checksum {
  readonly rows: number;
  readonly sum: string;
}

export interface Summing {
  add(rows: readonly object[]): void;
  readonly total: Checksum;
}

const SPACE = 2n ** 128n;

export function summing(): Summing {
  let rows = 0;
  let sum = 0n;
  return {
    add(more) {
      for (const row of more) {
        const hash = createHash('sha256').update(textOf(row)).digest();
        sum = (sum + hash.readBigUInt64BE(0) + (hash.readBigUInt64BE(8) << 64n)) % SPACE;
        rows += 1;
      }
    },
    get total() {
      return { rows, sum: sum.toString(16).padStart(32, '0') };
    },
  };
}

/** The same text for the same row of either dialect: jsonb does not keep the order of fields. */
const textOf = (row: object): string => JSON.stringify(row, withSortedFields);

const withSortedFields = (_name: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
