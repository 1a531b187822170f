import type { Fields } from './conversation';

/** Reads fields of foreign files, which have no published schema: a value of an unexpected type counts as missing. */

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Null for none, and for an empty one. */
export const nameOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null;

const NEWEST_S = 100_000_000_000;

/** A time as text, in seconds or in milliseconds. */
export function timeOf(value: unknown): Date | null {
  const number = typeof value === 'number' && value > 0 ? value : Number.NaN;
  const time =
    typeof value === 'string' ? Date.parse(value) : number * (number < NEWEST_S ? 1000 : 1);
  // Up to the year 9999, and from 1970 on.
  return time >= 0 && time < 253_402_300_800_000 ? new Date(time) : null;
}
