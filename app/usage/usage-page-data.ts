import 'server-only';
import { notFound } from 'next/navigation';
import type { ShownRow, ShownUsage } from '@/components/usage/shown-usage';
import { keyNameOfOwner } from '@/lib/accounts/principal';
import { readForPage } from '@/lib/http/identity/page-identity';
import { writtenDate } from '@/lib/sessions/day';
import { modelName } from '@/lib/page/model-name';
import { dayOf, daysBefore } from '@/lib/usage/days';
import { leftOf, presentSums } from '@/lib/usage/present-usage';
import { GROUPS, type Group } from '@/lib/usage/usage-store';
import { modelNames } from '../composition';
import { readUsage } from './usage-data';
import { pageTexts } from '@/lib/http/identity/asked-language';
import type { Translation } from '@/lib/texts/translations';

export interface UsagePageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const DAYS = 30;
const DAYS_MAX = 800;

/** What the page of usage shows. A wrong choice in its address counts as none. */
export async function usagePageData(
  searchParams: UsagePageProps['searchParams'],
): Promise<ShownUsage> {
  const [query, words] = await Promise.all([searchParams, pageTexts()]);
  return readForPage(async (principal) => {
    if (!principal.scopes.includes('usage:read')) notFound();
    const isOperator = principal.role === 'operator';
    const whose = isOperator && query['whose'] === 'everyone' ? 'everyone' : 'mine';
    const by = groupIn(query['by'], whose);
    const days = daysIn(query['days']);
    const now = new Date();
    const [from, to] = [daysBefore(now, days - 1), dayOf(now)];
    const read = await readUsage(principal, { from, to, by, whose, now });
    const csv = new URLSearchParams({ from, to, by, whose, format: 'csv' });
    return {
      by,
      whose,
      isOperator,
      days,
      from,
      to,
      written: { from: writtenDay(words, from), to: writtenDay(words, to) },
      currency: read.currency,
      rows: read.rows.map(({ of, ...sums }) => ({
        of,
        label: labelOf(words, by, of, read.names),
        ...presentSums(sums),
      })),
      total: presentSums(read.total),
      // Each view has the budgets of those whose usage it shows.
      budgets: read.budgets
        .filter(({ budget }) => (budget === 'CHAT_BUDGET') === (whose === 'everyone'))
        .map(({ resetsAt: _resetsAt, ...state }) => ({ ...state, left: leftOf(state) })),
      csv: `/api/usage?${csv.toString()}`,
    };
  });
}

function groupIn(value: string | string[] | undefined, whose: ShownUsage['whose']): Group {
  const group = GROUPS.find((each) => each === value) ?? 'day';
  return group === 'person' && whose === 'mine' ? 'day' : group;
}

function daysIn(value: string | string[] | undefined): number {
  const days = Number(value);
  return Number.isInteger(days) && days >= 1 && days <= DAYS_MAX ? days : DAYS;
}

const writtenDay = ({ texts }: Translation, day: string) =>
  writtenDate(texts.dates.locale, 'UTC')(Date.parse(day));

function labelOf(
  translation: Translation,
  by: Group,
  of: string,
  names: ReadonlyMap<string, string>,
): ShownRow['label'] {
  if (by === 'day') return writtenDay(translation, of);
  if (by === 'model') return modelName(modelNames(), of);
  const { usage } = translation.laterTexts;
  if (of === '') return usage.deleted;
  const key = keyNameOfOwner(of);
  if (key !== null) return usage.key(key);
  // An account has a name, and a proxy's person one after the colon.
  const name = names.get(of) ?? /^[a-z]+:(.*)$/.exec(of)?.[1];
  return name ?? `${usage.visitor} (${of.slice(0, 8)})`;
}
