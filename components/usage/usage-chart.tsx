import type { UsageProps } from './shown-usage';

const DAY_MS = 86_400_000;
const HEIGHT = 100;
const STEP = 10;
const GAP = 2;

/** A column of tokens for each day. The table below has the same for screen readers. */
export function UsageChart({ words, usage }: UsageProps) {
  const { rows, from, to, written } = usage;
  const byDay = new Map(rows.map((row) => [row.of, row]));
  const days = daysFrom(from, to);
  const most = Math.max(...rows.map((row) => row.input_tokens + row.output_tokens), 1);
  const heightOf = (tokens: number) => (tokens / most) * HEIGHT;
  return (
    <figure className="usage-chart" aria-hidden="true">
      <figcaption>
        <span className="usage-key" data-of="input">
          {words.columns.input}
        </span>
        <span className="usage-key" data-of="output">
          {words.columns.output}
        </span>
        <span className="usage-most">{words.count(most)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${String(days.length * STEP)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
      >
        {days.map((day, at) => {
          const row = byDay.get(day);
          if (!row) return null;
          const [input, output] = [heightOf(row.input_tokens), heightOf(row.output_tokens)];
          const place = { x: at * STEP + GAP / 2, width: STEP - GAP };
          return (
            <g key={day}>
              <title>{`${row.label}: ${words.count(row.input_tokens + row.output_tokens)}`}</title>
              <rect {...place} data-of="input" y={HEIGHT - input} height={input} />
              <rect {...place} data-of="output" y={HEIGHT - input - output} height={output} />
            </g>
          );
        })}
      </svg>
      <div className="usage-ends">
        <span>{written.from}</span>
        <span>{written.to}</span>
      </div>
    </figure>
  );
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY_MS)
    days.push(new Date(time).toISOString().slice(0, 10));
  return days;
}
