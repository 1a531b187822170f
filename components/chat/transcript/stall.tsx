import { useEffect, useRef, useState } from 'react';
import { texts } from '@/lib/texts/texts';

/** After this much silence within a reply the user wonders. */
const WONDER_MS = 5000;
const LOOK_MS = 1000;

interface Props {
  /** Of the reply so far. */
  readonly length: number;
}

/** Stands below a reply that is being written, in the row of its buttons, and says when the model falls silent. */
export function Stall({ length }: Props) {
  const grewAt = useRef(0);
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    grewAt.current = performance.now();
    setSilent(false);
  }, [length]);
  // One timer for all, instead of one for each frame.
  useEffect(() => {
    const timer = setInterval(() => {
      setSilent(performance.now() - grewAt.current >= WONDER_MS);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <span className="stall">
      <span className="stall-dot" aria-hidden="true" />
      {silent && texts.transcript.waiting}
    </span>
  );
}
