import { useState, useSyncExternalStore } from 'react';

const noChanges = () => () => undefined;

/** True on the server, and for a component that hydrates the server's markup, for as long as it is mounted. */
export function useTakenOver(): boolean {
  const takesOver = useSyncExternalStore(
    noChanges,
    () => false,
    () => true,
  );
  const [taken] = useState(takesOver);
  return taken;
}
