import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import type { NearBudget, PageModels } from '@/lib/page/session-page';

/** A budget of which most is used, as the server said last; null: of none. */
export function useBudget(models: PageModels): NearBudget | null {
  const latest = useObservable(useClientState().latestPage, null);
  return (latest ? latest.page.budget : models.budget) ?? null;
}
