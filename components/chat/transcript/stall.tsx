import { useEffect, useRef, useState } from 'react';
import { useTexts } from '@/lib/texts/use-texts';

/** After this much silence within a reply the user wonders. */
const WONDER_MS = 5000;
const LOOK_MS = 1000;

interface Props {
  /** Of the reply so far. */
  readonly length: number;
}

/** Stands below a reply that is being written, in the row of its buttons, and says when the model falls silent. */
export function Stall({ length }: Props) {
  const texts = useTexts();
  const grown = useRef({ length, at: 0 });
  /** The length at which the model fell silent. */
  const [silentAt, setSilentAt] = useState<number | null>(null);
  useEffect(() => {
    grown.current = { length, at: performance.now() };
  }, [length]);
  // One timer for all, instead of one for each frame.
  useEffect(() => {
    const timer = setInterval(() => {
      const { length: latest, at } = grown.current;
      if (performance.now() - at >= WONDER_MS) setSilentAt(latest);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <span className="stall">
      <span className="stall-dot" aria-hidden="true" />
      {silentAt === length && texts.transcript.waiting}
    </span>
  );
}
