import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import type { NearBudget, PageModels } from '@/lib/page/session-page';

/** The budget that is nearly used up, from the latest page; null: none. */
export function useBudget(models: PageModels): NearBudget | null {
  const latest = useObservable(useClientState().latestPage, null);
  return (latest ? latest.page.budget : models.budget) ?? null;
}
