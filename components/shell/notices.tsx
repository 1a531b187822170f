import './notices.css';
import { useCallback, useEffect } from 'react';
import { RenameChoice } from '@/components/sessions/rename-choice';
import { Toast as ToastBox } from '@/components/ui/toast';
import { useClientState } from '@/lib/client/page/client-state';
import { hideToast, showToast, type Toast } from '@/lib/client/page/toasts';
import { takeNotice } from '@/lib/client/page/stored-notice';
import { useObservable } from '@/lib/client/browser/observable';

const NONE: readonly Toast[] = [];

/** Toasts. Their container is always mounted, so that screen readers announce each one. */
export function Notices() {
  const { toasts } = useClientState();
  const shown = useObservable(toasts, NONE);
  useEffect(() => {
    const text = takeNotice();
    if (text !== null) showToast(toasts, text);
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
    hideToast(toasts, id);
  }, [toasts, id]);
  return <ToastBox text={text} action={action} onClose={close} />;
}
