import { useLinkStatus } from 'next/link';
import { useEffect } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import { hideToast, showToast } from '@/lib/client/page/toasts';
import { useTexts } from '@/lib/texts/use-texts';

const SHOW_AFTER_MS = 1500;

/** Shows a notice when the navigation of its link takes long. */
export function SlowLink() {
  const { serverSilent } = useTexts().sessions;
  const { pending } = useLinkStatus();
  const { toasts } = useClientState();
  useEffect(() => {
    if (!pending) return;
    let id: string | null = null;
    const timer = setTimeout(() => {
      id = showToast(toasts, serverSilent);
    }, SHOW_AFTER_MS);
    return () => {
      clearTimeout(timer);
      if (id !== null) hideToast(toasts, id);
    };
  }, [pending, toasts, serverSilent]);
  return null;
}
