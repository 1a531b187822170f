import './usage.css';
import { PageBar } from '@/components/shell/page-bar';
import { laterTexts } from '@/lib/texts/later-texts';
import { BudgetList } from './budget-list';
import { UsageChart } from './usage-chart';
import { UsageLinks } from './usage-links';
import { UsageTable } from './usage-table';
import { UsageTotals } from './usage-totals';
import type { ShownUsage } from './shown-usage';

/** The usage of the person or of everybody, and the rest of the budgets. Rendered on the server only. */
export function UsagePage({ usage }: { usage: ShownUsage }) {
  const { rows, total, budgets, by, from, to, csv } = usage;
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page usage" id="main" tabIndex={-1}>
        <h1>{laterTexts.usage.title}</h1>
        <UsageLinks usage={usage} />
        <p className="usage-range">{laterTexts.usage.between(from, to)}</p>
        {budgets.length > 0 && <BudgetList usage={usage} />}
        {rows.length === 0 ? (
          <p>{laterTexts.usage.none}</p>
        ) : (
          <>
            <UsageTotals usage={usage} />
            {by === 'day' && <UsageChart rows={rows} from={from} to={to} />}
            <UsageTable usage={usage} />
            {total.unpriced > 0 && <p>{laterTexts.usage.unknownCost(total.unpriced)}</p>}
            <a className="button" href={csv} download>
              {laterTexts.usage.csv}
            </a>
          </>
        )}
      </div>
    </div>
  );
}
