import { useLinkStatus } from 'next/link';
import { useEffect } from 'react';
import { useClientState, withoutToast } from '@/lib/client/page/client-state';
import { newId } from '@/lib/client/browser/new-id';
import { texts } from '@/lib/texts/texts';

const SAY_AFTER_MS = 1500;

/** Shows a notice when the navigation of its link takes long. */
export function SlowLink() {
  const { pending } = useLinkStatus();
  const { toasts } = useClientState();
  useEffect(() => {
    if (!pending) return;
    const id = newId();
    const timer = setTimeout(() => {
      const text = texts.sessions.serverSilent;
      toasts.set([...toasts.get(), { id, text, action: null }]);
    }, SAY_AFTER_MS);
    return () => {
      clearTimeout(timer);
      toasts.set(withoutToast(toasts.get(), id));
    };
  }, [pending, toasts]);
  return null;
}
