import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Away for less than this, and what is shown is still true enough. */
const AWAY_MS = 15_000;

/** Whoever comes back to a tab sees what other tabs and devices have done in the meantime. */
export function useFreshness(): void {
  const router = useRouter();
  useEffect(() => {
    let leftAt = Infinity;
    const look = () => {
      if (document.hidden) leftAt = Date.now();
      else if (Date.now() - leftAt > AWAY_MS) router.refresh();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, [router]);
}
