import { useEffect } from 'react';
import { whenIdle } from '@/lib/client/browser/when-idle';
import { useClientState } from '@/lib/client/page/client-state';
import { useTexts } from '@/lib/texts/use-texts';

/** Loads notices and their service worker once the browser is idle. */
export function useNotices(): void {
  const { registry } = useClientState().turns;
  const texts = useTexts();
  useEffect(() => {
    let end: (() => void) | null = null;
    let isOver = false;
    const cancel = whenIdle(() => {
      void import('./begin-notices').then(
        ({ beginNotices }) => {
          if (!isOver) end = beginNotices(registry, texts);
        },
        // An old page after a deployment: it does without.
        () => undefined,
      );
    });
    return () => {
      isOver = true;
      cancel();
      end?.();
    };
  }, [registry, texts]);
}
