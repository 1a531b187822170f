import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/** False on the server and until the component is hydrated: what is chosen before that would be lost. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
