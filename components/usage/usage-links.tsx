import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ShownUsage, UsageProps } from './shown-usage';

const RANGES = [7, 30, 90, 365];

type View = Pick<ShownUsage, 'by' | 'whose' | 'days'>;

/** Other views of the usage. Each choice has an address of its own. */
export function UsageLinks({ words, usage }: UsageProps) {
  const { by, whose, days, isOperator } = usage;
  const current: View = { by, whose, days };
  const groups =
    whose === 'everyone' ? (['day', 'model', 'person'] as const) : (['day', 'model'] as const);
  return (
    <div className="usage-links">
      {isOperator && (
        <Choices label={words.whose}>
          <Choice
            to={{ ...current, whose: 'mine', by: by === 'person' ? 'day' : by }}
            current={current}
          >
            {words.mine}
          </Choice>
          <Choice to={{ ...current, whose: 'everyone' }} current={current}>
            {words.everyone}
          </Choice>
        </Choices>
      )}
      <Choices label={words.by}>
        {groups.map((group) => (
          <Choice key={group} to={{ ...current, by: group }} current={current}>
            {words.groups[group]}
          </Choice>
        ))}
      </Choices>
      <Choices label={words.range}>
        {RANGES.map((range) => (
          <Choice key={range} to={{ ...current, days: range }} current={current}>
            {words.days(range)}
          </Choice>
        ))}
      </Choices>
    </div>
  );
}

const Choices = ({ label, children }: { label: string; children: ReactNode }) => (
  <nav className="usage-choices" aria-label={label}>
    {children}
  </nav>
);

const addressOf = ({ by, whose, days }: View): string =>
  `/usage?${new URLSearchParams({ by, whose, days: String(days) }).toString()}`;

function Choice({ to, current, children }: { to: View; current: View; children: ReactNode }) {
  const isHere = addressOf(to) === addressOf(current);
  return (
    <Link href={addressOf(to)} prefetch={false} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  );
}
