import { useEffect } from 'react';
import { whenIdle } from '@/lib/client/browser/when-idle';
import { useClientState } from '@/lib/client/page/client-state';

/** Loads notices and their service worker once the browser is idle. */
export function useNotices(): void {
  const { registry } = useClientState().turns;
  useEffect(() => {
    let end: (() => void) | null = null;
    let isOver = false;
    const cancel = whenIdle(() => {
      void import('./begin-notices').then(
        ({ beginNotices }) => {
          if (!isOver) end = beginNotices(registry);
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
  }, [registry]);
}
