import { useEffect, useState } from 'react';
import { useNow } from '@/lib/client/browser/use-now';

/** Seconds for which a model has been thinking in front of this page; null when it did not. Stands still afterwards. */
export function useThinkingSeconds(thinks: boolean): number | null {
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [endedAt, setEndedAt] = useState<number | null>(null);
  useEffect(() => {
    if (thinks) setStartedAt((known) => known ?? Date.now());
    setEndedAt(thinks ? null : Date.now());
  }, [thinks]);
  const now = useNow(thinks ? Infinity : null) ?? endedAt;
  if (startedAt === null || now === null) return null;
  return Math.max(0, Math.round((now - startedAt) / 1000));
}
