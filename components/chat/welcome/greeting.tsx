import './welcome.css';
import { useState } from 'react';
import { LazyConnect } from '@/components/connect/lazy-connect';
import { useTexts } from '@/lib/texts/use-texts';

/** Above the composer of a chat that has not begun. */
export function Greeting({ demo }: { readonly demo: boolean }) {
  const texts = useTexts();
  const [connecting, setConnecting] = useState(false);
  return (
    <>
      <div className="greeting">
        <h2>{texts.welcome.question}</h2>
        {demo && (
          <p className="demo-line">
            {texts.demo.line}{' '}
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => {
                setConnecting(true);
              }}
            >
              {texts.demo.connect}
            </button>
          </p>
        )}
      </div>
      {connecting && (
        <LazyConnect
          onClose={() => {
            setConnecting(false);
          }}
        />
      )}
    </>
  );
}
