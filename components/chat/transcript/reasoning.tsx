import './reasoning.css';
import { useState } from 'react';
import { PlainText } from '@/components/markdown/plain-text';
import { useTakenOver } from '@/components/loading/lazy-component';
import { browserStorage } from '@/lib/client/browser/safe-storage';
import { useThinkingSeconds } from '@/lib/client/transcript/use-thinking-seconds';
import { useTexts } from '@/lib/texts/use-texts';

/** The user wants to see the reasoning of a reply that begins. */
const unfolds = () => browserStorage.getItem('ask-next:reasoning') === 'open';

interface Props {
  readonly reasoning: string;
  readonly running: boolean;
  /** It thinks, and has not begun to answer. */
  readonly thinks: boolean;
  /** How long it thought, as the server measured it; null while it thinks, or unknown. */
  readonly thoughtMs: number | null;
}

/** What the model thought, in one folded line; nothing if it did not. */
export function Reasoning({ reasoning, running, thinks, thoughtMs }: Props) {
  const texts = useTexts();
  const seen = useThinkingSeconds(thinks);
  const takenOver = useTakenOver();
  const [open, setOpen] = useState(() => running && !takenOver && unfolds());
  const measured = thoughtMs === null ? null : Math.max(1, Math.round(thoughtMs / 1000));
  // Afterwards only the server knows: the page may have been opened in between.
  const seconds = measured ?? (running ? seen : null);
  const words = texts.transcript.reasoning;
  if (reasoning.trim() === '') return null;
  return (
    <details
      className="reasoning"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{thinks ? words.thinking(seconds) : words.thought(seconds)}</summary>
      {/* Drawn only when it can be seen: it changes with every frame. */}
      <div className="reasoning-text">{open && <PlainText text={reasoning.trim()} />}</div>
    </details>
  );
}
