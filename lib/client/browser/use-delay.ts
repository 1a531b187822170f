import { useEffect, useState } from 'react';

/** True once the component has been mounted for `ms` milliseconds. */
export function useDelay(ms: number): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLater(true);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [ms]);
  return later;
}
