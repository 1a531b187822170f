import { useCallback, useState } from 'react';
import type { ShownItem } from './older-failures';

/**
 * Tells which item is the last question, once something was sent from here; before that no item is. `running`: the turn
 * that was sent from here, while it runs.
 */
export function useLastQuestion(
  items: readonly ShownItem[],
  running: string | null,
): (item: ShownItem) => boolean {
  const [hadSent, setHadSent] = useState(false);
  const hasSent = hadSent || running !== null;
  if (hasSent !== hadSent) setHadSent(hasSent);
  const last = hasSent ? items.findLast(isQuestion)?.key : undefined;
  return useCallback((item: ShownItem) => item.key === last && isQuestion(item), [last]);
}

const isQuestion = ({ kind }: ShownItem): boolean => kind === 'user' || kind === 'failed';
