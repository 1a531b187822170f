const PLURALS = new Intl.PluralRules('en');
const NUMBERS = new Intl.NumberFormat('en');

/** 12,345: the digits in groups. */
export const grouped = (count: number): string => NUMBERS.format(count);

/** A number with its noun: 1 message, 2 messages. */
export const counted = (count: number, one: string, other: string): string =>
  `${grouped(count)} ${PLURALS.select(count) === 'one' ? one : other}`;
