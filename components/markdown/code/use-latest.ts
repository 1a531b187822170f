import { useEffect, useRef } from 'react';

/** For handlers: a head that knew the code itself would be drawn with each piece of it. */
export function useLatest(code: string) {
  const latest = useRef(code);
  useEffect(() => {
    latest.current = code;
  }, [code]);
  return latest;
}
