import Link from 'next/link';
import type { ReactNode } from 'react';
import { laterTexts } from '@/lib/texts/later-texts';
import type { ShownUsage } from './shown-usage';

const RANGES = [7, 30, 90, 365];

type View = Pick<ShownUsage, 'by' | 'whose' | 'days'>;

/** Other views of the usage. Each choice has an address of its own. */
export function UsageLinks({ usage }: { usage: ShownUsage }) {
  const { by, whose, days, isOperator } = usage;
  const current: View = { by, whose, days };
  const groups =
    whose === 'everyone' ? (['day', 'model', 'person'] as const) : (['day', 'model'] as const);
  return (
    <div className="usage-links">
      {isOperator && (
        <Choices label={laterTexts.usage.whose}>
          <Choice
            to={{ ...current, whose: 'mine', by: by === 'person' ? 'day' : by }}
            current={current}
          >
            {laterTexts.usage.mine}
          </Choice>
          <Choice to={{ ...current, whose: 'everyone' }} current={current}>
            {laterTexts.usage.everyone}
          </Choice>
        </Choices>
      )}
      <Choices label={laterTexts.usage.by}>
        {groups.map((group) => (
          <Choice key={group} to={{ ...current, by: group }} current={current}>
            {laterTexts.usage.groups[group]}
          </Choice>
        ))}
      </Choices>
      <Choices label={laterTexts.usage.range}>
        {RANGES.map((range) => (
          <Choice key={range} to={{ ...current, days: range }} current={current}>
            {laterTexts.usage.days(range)}
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
