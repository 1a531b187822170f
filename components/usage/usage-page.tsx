import './usage.css';
import { PageBar } from '@/components/shell/page-bar';
import { BudgetList } from './budget-list';
import { UsageChart } from './usage-chart';
import { UsageLinks } from './usage-links';
import { UsageTable } from './usage-table';
import { UsageTotals } from './usage-totals';
import type { UsageProps } from './shown-usage';

/** The usage of the person or of everybody, and the rest of the budgets. Rendered on the server only. */
export function UsagePage({ words, usage }: UsageProps) {
  const { rows, total, budgets, by, written, csv } = usage;
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page usage" id="main" tabIndex={-1}>
        <h1>{words.title}</h1>
        <UsageLinks words={words} usage={usage} />
        <p className="usage-range">{words.between(written.from, written.to)}</p>
        {budgets.length > 0 && <BudgetList words={words} usage={usage} />}
        {rows.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <>
            <UsageTotals words={words} usage={usage} />
            {by === 'day' && <UsageChart words={words} usage={usage} />}
            <UsageTable words={words} usage={usage} />
            {total.unpriced > 0 && <p>{words.unknownCost(total.unpriced)}</p>}
            <a className="button" href={csv} download>
              {words.csv}
            </a>
          </>
        )}
      </div>
    </div>
  );
}
