const PLURALS = new Intl.PluralRules('en');
const NUMBERS = new Intl.NumberFormat('en');

/** 12,345: the digits in groups. */
export const grouped = (count: number): string => NUMBERS.format(count);

/** A number with its noun: 1 message, 2 messages. */
export const counted = (count: number, one: string, other: string): string =>
  `${grouped(count)} ${PLURALS.select(count) === 'one' ? one : other}`;

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });
const PERCENT = new Intl.NumberFormat('en', { style: 'percent' });
const TENTHS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** 1.2K: for narrow places. */
export const compact = (count: number): string => COMPACT.format(count);

export const percent = (share: number): string =>
  share > 0 && share < 0.01 ? `<${PERCENT.format(0.01)}` : PERCENT.format(share);

/** A duration in milliseconds: 1.4 s, 59 s, 2 min 5 s. */
export function seconds(ms: number): string {
  if (ms > 0 && ms < 100) return `<${TENTHS.format(0.1)} s`;
  if (ms < 9950) return `${TENTHS.format(ms / 1000)} s`;
  const whole = Math.round(ms / 1000);
  if (whole < 60) return `${grouped(whole)} s`;
  return `${grouped(Math.floor(whole / 60))} min ${grouped(whole % 60)} s`;
}
