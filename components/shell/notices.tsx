import './notices.css';
import { useCallback, useEffect } from 'react';
import { RenameChoice } from '@/components/sessions/rename-choice';
import { Toast as ToastBox } from '@/components/ui/toast';
import { useClientState, withoutToast, type Toast } from '@/lib/client/page/client-state';
import { takeNotice } from '@/lib/client/page/stored-notice';
import { newId } from '@/lib/client/browser/new-id';
import { useObservable } from '@/lib/client/browser/observable';

const NONE: readonly Toast[] = [];

/** Toasts. Their container is always mounted, so that screen readers announce each one. */
export function Notices() {
  const { toasts } = useClientState();
  const shown = useObservable(toasts, NONE);
  useEffect(() => {
    const text = takeNotice();
    if (text !== null) toasts.set([...toasts.get(), { id: newId(), text, action: null }]);
  }, [toasts]);
  return (
    <div className="notices">
      <RenameChoice />
      <output aria-atomic="false" className="toasts">
        {shown.map((toast) => (
          <Notice key={toast.id} toast={toast} />
        ))}
      </output>
    </div>
  );
}

function Notice({ toast: { id, text, action } }: { toast: Toast }) {
  const { toasts } = useClientState();
  const close = useCallback(() => {
    toasts.set(withoutToast(toasts.get(), id));
  }, [toasts, id]);
  return <ToastBox text={text} action={action} onClose={close} />;
}
