import { useEffect, useState } from 'react';

/** Seconds for which a model has been thinking in front of this page, which stand still afterwards; null: not one yet. */
export function useThinkingSeconds(thinks: boolean): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (!thinks) return undefined;
    const startedAt = Date.now();
    const timer = setInterval(() => {
      setSeconds(Math.round((Date.now() - startedAt) / 1000));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [thinks]);
  return seconds;
}
