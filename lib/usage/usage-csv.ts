import { knownCost, presentSums } from './present-usage';
import type { Group, Sums } from './usage-store';

type Cell = string | number | null;

/** What a spreadsheet would take for a formula begins with an apostrophe. */
const plain = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const cell = (value: Cell): string =>
  typeof value === 'string' ? `"${plain(value).replaceAll('"', '""')}"` : String(value ?? '');

const MICROS = 1_000_000n;

/** Micros as a decimal number, such as 0.001250. */
export const decimal = (micros: number): string =>
  `${String(BigInt(micros) / MICROS)}.${String(BigInt(micros) % MICROS).padStart(6, '0')}`;

/** The sums as RFC 4180 has them. An unknown number is an empty cell. */
export function usageCsv(
  by: Group,
  rows: readonly (Sums & { readonly of: string })[],
  { currency, names }: { readonly currency: string; readonly names: ReadonlyMap<string, string> },
): string {
  const isPerson = by === 'person';
  const head = [
    by,
    ...(isPerson ? ['name'] : []),
    'turns',
    'failed',
    'input_tokens',
    'output_tokens',
    `cost_${currency.toLowerCase()}`,
    'unpriced',
    'first_token_ms',
    'total_ms',
  ];
  const lines = rows.map(({ of, ...sums }) => {
    const cost = knownCost(sums);
    const shown = presentSums(sums);
    const cells: Cell[] = [
      ...(isPerson ? [of, names.get(of) ?? ''] : [of]),
      shown.turns,
      shown.failed,
      shown.input_tokens,
      shown.output_tokens,
    ];
    return [
      ...cells.map(cell),
      cost === null ? '' : decimal(cost),
      ...[shown.unpriced, shown.first_token_ms, shown.total_ms].map(cell),
    ];
  });
  return [head, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}
