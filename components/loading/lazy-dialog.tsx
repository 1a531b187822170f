import { type ComponentType, Suspense, useEffect, useEffectEvent, useState } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import { hideToast, showToast } from '@/lib/client/page/toasts';
import { useLoadTexts, useTexts } from '@/lib/texts/use-texts';
import { loadWithRetries } from './load-with-retries';

const SHOW_AFTER_MS = 1500;

/**
 * A dialog whose code is loaded when it is opened first, with the texts that all dialogs need. Says so where that takes
 * long; where it fails, says that and calls `onClose`, and the next opening tries again.
 */
export function lazyDialog<Props extends { readonly onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
) {
  let code: ComponentType<Props> | null = null;
  /** The same, once its texts are loaded too. */
  let ready: ComponentType<Props> | null = null;
  let loading: Promise<ComponentType<Props> | null> | null = null;
  const loaded = () =>
    (loading ??= loadWithRetries(load).then((found) => {
      code = found;
      loading = null;
      return found;
    }));

  function LazyDialog(props: Props) {
    const loadTexts = useLoadTexts();
    const [Dialog, setDialog] = useState(() => ready);
    const loadAll = async () => {
      const [texts, found] = await Promise.all([loadTexts(), code ?? loaded()]);
      if (texts && found) ready = found;
      return ready !== null;
    };
    const show = () => {
      setDialog(() => ready);
    };
    useLoading(ready ? null : loadAll, show, props.onClose);
    return (
      Dialog && (
        <Suspense>
          <Dialog {...props} />
        </Suspense>
      )
    );
  }
  return Object.assign(LazyDialog, {
    /** Loads the code before it is needed. */
    preload: () => {
      if (!code) void loaded();
    },
  });
}

/** Loads when mounted, and says so when it takes long or fails. `load` resolves to whether it worked; null: nothing to do. */
function useLoading(
  load: (() => Promise<boolean>) | null,
  onLoaded: () => void,
  onFailed: () => void,
) {
  const { toasts } = useClientState();
  const { controls } = useTexts();
  const start = useEffectEvent(() => load?.());
  const tellWait = useEffectEvent(() => showToast(toasts, controls.loading));
  const end = useEffectEvent((works: boolean) => {
    if (works) {
      onLoaded();
      return;
    }
    showToast(toasts, controls.notLoaded);
    onFailed();
  });
  useEffect(() => {
    const loading = start();
    if (!loading) return;
    let toast: string | null = null;
    let left = false;
    const timer = setTimeout(() => {
      toast = tellWait();
    }, SHOW_AFTER_MS);
    const endWait = () => {
      clearTimeout(timer);
      if (toast !== null) hideToast(toasts, toast);
    };
    void loading.then((works) => {
      endWait();
      if (!left) end(works);
    });
    return () => {
      left = true;
      endWait();
    };
  }, [toasts]);
}
