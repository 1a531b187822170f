import { useDelay } from '@/lib/client/browser/use-delay';
import { useTexts } from '@/lib/texts/use-texts';

/** After this much silence the user wonders; some servers load a model for a minute before the first token. */
const WONDER_MS = 5000;

/** Shown while a reply has not begun, or does not continue yet. */
export const TypingDots = ({ shown }: { readonly shown: boolean }) => (shown ? <Dots /> : null);

function Dots() {
  const texts = useTexts();
  const waitsLong = useDelay(WONDER_MS);
  return (
    <div className="typing">
      {!waitsLong && <span className="visually-hidden">{texts.transcript.notBegun}</span>}
      <span aria-hidden="true" />
      <span aria-hidden="true" />
      <span aria-hidden="true" />
      {waitsLong && <p className="typing-words">{texts.transcript.waiting}</p>}
    </div>
  );
}
