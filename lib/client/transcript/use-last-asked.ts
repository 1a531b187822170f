import { useCallback, useState } from 'react';
import type { ShownItem } from './older-failures';

/**
 * Tells which item begins the exchange that was last sent from here, however it ends. `asked`: the turn that runs now.
 * A session that is opened later has none.
 */
export function useLastAsked(asked: string | null): (item: ShownItem) => boolean {
  const [before, setBefore] = useState(asked);
  if (asked !== null && asked !== before) setBefore(asked);
  const last = asked ?? before;
  return useCallback(
    ({ kind, key }: ShownItem) => kind !== 'reply' && key.startsWith(`${last ?? ''} `),
    [last],
  );
}
