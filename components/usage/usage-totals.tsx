import type { UsageProps } from './shown-usage';

/** The sums of the whole time. */
export function UsageTotals({ words, usage: { total, currency } }: UsageProps) {
  const { columns, count, cost, time } = words;
  const facts: readonly (readonly [string, string])[] = [
    [columns.turns, count(total.turns)],
    [columns.failed, count(total.failed)],
    [columns.input, count(total.input_tokens)],
    [columns.output, count(total.output_tokens)],
    [columns.cost, cost({ micros: total.cost_micros, isPart: total.unpriced > 0, currency })],
    [columns.first, time(total.first_token_ms)],
    [columns.duration, time(total.total_ms)],
  ];
  return (
    <dl className="usage-totals">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
