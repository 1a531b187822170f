import { type ComponentType, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog as Frame } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { useLoadTexts, useTexts } from '@/lib/texts/use-texts';
import { loadWithRetries } from './load-with-retries';

/** A wait shorter than this shows nothing. */
const PATIENCE_MS = 1000;

interface Closable {
  readonly onClose: () => void;
}

/**
 * A dialog or menu whose code is loaded when it is opened first, with the texts that all of them need. A dialog stands in
 * for it where that takes long or fails; the next opening tries again.
 */
export function lazyOverlay<Props extends Closable>(load: () => Promise<ComponentType<Props>>) {
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

  function LazyOverlay(props: Props) {
    const loadTexts = useLoadTexts();
    const [Overlay, setOverlay] = useState(() => ready);
    const [state, setState] = useState<'waiting' | 'late' | 'missing'>('waiting');
    useEffect(() => {
      if (ready) return;
      const timer = setTimeout(() => {
        setState('late');
      }, PATIENCE_MS);
      void Promise.all([loadTexts(), code ?? loaded()]).then(([texts, found]) => {
        clearTimeout(timer);
        if (texts && found) ready = found;
        if (ready) setOverlay(() => ready);
        else setState('missing');
      });
      return () => {
        clearTimeout(timer);
      };
    }, [loadTexts]);
    if (Overlay)
      return (
        <Suspense>
          <Overlay {...props} />
        </Suspense>
      );
    return state === 'waiting' ? null : (
      <Unloaded isMissing={state === 'missing'} onClose={props.onClose} />
    );
  }
  return Object.assign(LazyOverlay, {
    /** Loads the code before it is needed. */
    preload: () => {
      if (!code) void loaded();
    },
  });
}

interface UnloadedProps extends Closable {
  readonly isMissing: boolean;
}

function Unloaded({ isMissing, onClose }: UnloadedProps): ReactNode {
  const { controls } = useTexts();
  const { title, about } = controls.notLoaded;
  return (
    <Frame className="unloaded-dialog" labelledBy="unloaded-title" onClose={onClose}>
      <div className="dialog-content">
        <h2 id="unloaded-title">{isMissing ? title : controls.loading}</h2>
        {isMissing && <p>{about}</p>}
        <div className="dialog-buttons">
          <Button onClick={closeModal}>{controls.cancel}</Button>
          {isMissing && (
            <Button
              className="button button-primary"
              onClick={() => {
                window.location.reload();
              }}
            >
              {controls.reload}
            </Button>
          )}
        </div>
      </div>
    </Frame>
  );
}
