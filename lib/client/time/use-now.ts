import { useEffect, useState } from 'react';

/**
 * The current time, updated every second until `until`; null before hydration or without `until`. Milliseconds since
 * 1970.
 */
export function useNow(until: number | null): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (until === null) return;
    const tick = () => {
      const time = Date.now();
      setNow(time);
      if (time >= until) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  return until === null ? null : now;
}
