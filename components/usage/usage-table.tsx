import type { LaterTexts } from '@/lib/texts/texts';
import type { ShownRow, UsageProps } from './shown-usage';

/** The rows. On a narrow screen it scrolls sideways, under the first column. */
export function UsageTable({ words, usage: { rows, by, currency } }: UsageProps) {
  const { columns, table } = words;
  const most = Math.max(...rows.map(tokensOf), 1);
  const shown = by === 'day' ? rows.toReversed() : rows;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className="usage-scroll" aria-label={table[by]} tabIndex={0}>
      <table className="usage-table">
        <thead>
          <tr>
            <th scope="col">{columns[by]}</th>
            <th scope="col">{columns.turns}</th>
            <th scope="col">{columns.failed}</th>
            <th scope="col">{columns.input}</th>
            <th scope="col">{columns.output}</th>
            <th scope="col">{columns.cost}</th>
            <th scope="col">{columns.first}</th>
            <th scope="col">{columns.duration}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row
              key={row.of}
              words={words}
              row={row}
              share={tokensOf(row) / most}
              currency={currency}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const tokensOf = (row: ShownRow): number => row.input_tokens + row.output_tokens;

interface RowProps {
  readonly words: LaterTexts['usage'];
  readonly row: ShownRow;
  /** Of the tokens of the row with the most. */
  readonly share: number;
  readonly currency: string;
}

function Row({ words, row, share, currency }: RowProps) {
  const { count, cost, time } = words;
  return (
    <tr>
      <th scope="row">
        {row.label}
        <svg
          className="usage-bar"
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect width={share * 100} height={4} />
        </svg>
      </th>
      <td>{count(row.turns)}</td>
      <td>{count(row.failed)}</td>
      <td>{count(row.input_tokens)}</td>
      <td>{count(row.output_tokens)}</td>
      <td>{cost({ micros: row.cost_micros, isPart: row.unpriced > 0, currency })}</td>
      <td>{time(row.first_token_ms)}</td>
      <td>{time(row.total_ms)}</td>
    </tr>
  );
}
