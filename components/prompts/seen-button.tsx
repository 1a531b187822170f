import { useState } from 'react';
import { sessionAt } from '@/lib/client/page/session-address';
import { useTexts } from '@/lib/texts/use-texts';
import { LazyPrompt } from './lazy-prompt';

/** Opens what the model saw for a reply. */
export function SeenButton({ messageId }: { readonly messageId: string }) {
  const texts = useTexts();
  /** The session of the reply while the dialog is open. */
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        aria-haspopup="dialog"
        onClick={() => {
          setShown(sessionAt(window.location.pathname));
        }}
      >
        {texts.opens.seen}
      </button>
      {shown !== null && (
        <LazyPrompt
          sessionId={shown}
          messageId={messageId}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </>
  );
}
