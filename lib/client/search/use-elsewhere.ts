import { useClientState } from '@/lib/client/page/client-state';
import { showToast } from '@/lib/client/page/toasts';
import { texts } from '@/lib/texts/texts';

/**
 * What to do when a message that was asked for is not on the shown branch. Here its branch can be shown, once a page
 * can ask for another one.
 */
export function useElsewhere(): (messageId: string) => void {
  const { toasts } = useClientState();
  return () => {
    showToast(toasts, texts.search.notShown);
  };
}
