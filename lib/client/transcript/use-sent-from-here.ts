import { useState } from 'react';
import type { ShownItem } from './older-failures';

const NONE: ReadonlySet<string> = new Set();

/**
 * Tells which questions were sent from here since the session was opened. `running`: the request id of the turn that was
 * sent from here, while it runs.
 */
export function useSentFromHere(running: string | null): (item: ShownItem) => boolean {
  const [before, setBefore] = useState(NONE);
  const sent = running === null || before.has(running) ? before : new Set([...before, running]);
  if (sent !== before) setBefore(sent);
  return ({ kind, key }) =>
    (kind === 'user' || kind === 'failed') && sent.has(key.slice(0, key.lastIndexOf(' ')));
}
