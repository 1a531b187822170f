import { useCallback } from 'react';
import { Toast } from '@/components/ui/toast';
import { useClientState } from '@/lib/client/client-state';
import { useValue } from '@/lib/client/use-value';

/** The one notice that is shown at a time; a new one takes the place of the last. */
export function Notices() {
  const { toast } = useClientState();
  const shown = useValue(toast, null);
  const close = useCallback(() => {
    toast.set(null);
  }, [toast]);
  return (
    <div className="notices">
      {shown && <Toast key={shown.id} text={shown.text} action={shown.action} onClose={close} />}
    </div>
  );
}
