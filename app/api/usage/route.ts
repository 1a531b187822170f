import { checkUsageAccess, readUsage } from '@/app/usage/usage-data';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { presentBudget, presentRow, presentSums } from '@/lib/usage/present-usage';
import { usageCsv } from '@/lib/usage/usage-csv';
import { usageQuery } from '@/lib/usage/usage-query';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/usage', {
  async GET(request, { principal }) {
    const now = new Date();
    const { whose, format, ...range } = parseQuery(usageQuery(now), request);
    checkUsageAccess(whose, principal);
    const { rows, total, budgets, currency, names } = await readUsage(principal, {
      ...range,
      whose,
      now,
    });
    const { from, to, by } = range;
    if (format === 'csv')
      return new Response(usageCsv(by, rows, { currency, names }), {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="usage_${from}_${to}_${by}.csv"`,
          'Cache-Control': 'no-store',
        },
      });
    return json({
      from,
      to,
      by,
      whose,
      currency,
      rows: rows.map((row) => presentRow(by, row, names)),
      total: presentSums(total),
      budgets: budgets.map(presentBudget),
    });
  },
});
