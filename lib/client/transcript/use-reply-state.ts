import { useState } from 'react';
import { useSessionTurns } from './use-turns';

/** What the row of a session that is not shown says of the replies that this tab follows. */
export function useReplyState(sessionId: string, shown: boolean): 'running' | 'unseen' | null {
  const turns = useSessionTurns(sessionId);
  const last = turns.at(-1);
  const ended = last?.phase === 'ended' ? last.id : null;
  const [seen, setSeen] = useState<string | null>(null);
  if (shown && ended !== seen) setSeen(ended);
  if (shown) return null;
  if (turns.some(({ phase }) => phase !== 'ended')) return 'running';
  return ended === null || ended === seen ? null : 'unseen';
}
