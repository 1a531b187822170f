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
  const latest = useRef(length);
  /** The length at which the model fell silent. */
  const [silentAt, setSilentAt] = useState<number | null>(null);
  useEffect(() => {
    latest.current = length;
  }, [length]);
  // One timer for all, instead of one for each frame.
  useEffect(() => {
    let seen = -1;
    let seenAt = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      if (latest.current !== seen) [seen, seenAt] = [latest.current, now];
      else if (now - seenAt >= WONDER_MS) setSilentAt(seen);
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
