import { counted } from '../numbers';

/** An amount in micros of a currency, by its code. Small ones have as many digits as they need. */
export function money(micros: number, currency: string): string {
  const amountOf = micros / 1_000_000;
  const digits =
    micros > 0 && micros < 10_000
      ? { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const isCode = /^[A-Z]{3}$/.test(currency);
  const style = isCode ? ({ style: 'currency', currency } as const) : {};
  return new Intl.NumberFormat('en', { ...style, ...digits }).format(amountOf);
}

export interface Amount {
  readonly unit: 'money' | 'tokens';
  readonly currency: string;
}

export const amount = (value: number, { unit, currency }: Amount): string =>
  unit === 'money' ? money(value, currency) : counted(value, 'token', 'tokens');
