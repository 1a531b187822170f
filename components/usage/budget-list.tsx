import { isNearlyUsed } from '@/lib/usage/budget';
import type { UsageProps } from './shown-usage';

/** How much is left of each budget. */
export function BudgetList({ words, usage: { budgets, currency } }: UsageProps) {
  return (
    <section className="usage-budgets" aria-labelledby="budgets">
      <h2 id="budgets">{words.budgets}</h2>
      <ul>
        {budgets.map((state) => {
          const { budget, window, unit, limit, used, reserved, left } = state;
          const of = { unit, currency };
          const name = words.budgetOf[budget][window];
          return (
            <li key={`${budget} ${window} ${unit}`}>
              <span className="usage-budget">
                <span>{name}</span>
                <span>{words.left(left, limit, of)}</span>
              </span>
              <svg
                className="usage-bar"
                data-nearly={isNearlyUsed(state) || undefined}
                viewBox="0 0 100 4"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect width={Math.min(100, (used / limit) * 100)} height={4} />
              </svg>
              <small>
                {reserved > 0 && `${words.reserved(reserved, of)}. `}
                {words.renewed[window]}
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
