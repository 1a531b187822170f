/** How a language writes numbers. */
export function numbersIn(locale: string) {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const compactly = new Intl.NumberFormat(locale, { notation: 'compact' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

  /** 12,345: the digits in groups. */
  const grouped = (count: number): string => numbers.format(count);

  return {
    grouped,
    /** A number with its noun: 1 message, 2 messages. For languages with two forms. */
    counted: (count: number, one: string, other: string): string =>
      `${grouped(count)} ${plurals.select(count) === 'one' ? one : other}`,
    /** 1.2K: for narrow places. German shortens only millions: 12.345, 1,2 Mio. */
    compact: (count: number): string => compactly.format(count),
    percent: (share: number): string =>
      share > 0 && share < 0.01 ? `<${percents.format(0.01)}` : percents.format(share),
    /** A duration in milliseconds: 1.4 s, 59 s, 2 min 5 s. */
    seconds(ms: number): string {
      if (ms > 0 && ms < 100) return `<${tenths.format(0.1)} s`;
      if (ms < 9950) return `${tenths.format(ms / 1000)} s`;
      const whole = Math.round(ms / 1000);
      if (whole < 60) return `${grouped(whole)} s`;
      return `${grouped(Math.floor(whole / 60))} min ${grouped(whole % 60)} s`;
    },
    /**
     * An amount in micros of a currency, by its code. Small ones have as many digits as they need.
     */
    money(micros: number, currency: string): string {
      const digits =
        micros > 0 && micros < 10_000
          ? { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }
          : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
      const isCode = /^[A-Z]{3}$/.test(currency);
      const style = isCode ? ({ style: 'currency', currency } as const) : {};
      return new Intl.NumberFormat(locale, { ...style, ...digits }).format(micros / 1_000_000);
    },
  };
}
