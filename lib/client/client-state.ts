import { createContext, use } from 'react';
import type { Rate } from './rate';
import { reconnectPause } from './reconnect';
import { turnBook } from './turn-book';
import { openTurns, type Turns } from './turns';
import { valueStore, type ValueStore } from './value-store';

/** A short notice at the edge of the page, with one thing to do about it. */
export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** What lives as long as the tab and belongs to no single session. */
export interface ClientState {
  readonly turns: Turns;
  readonly rate: ValueStore<Rate | null>;
  readonly toast: ValueStore<Toast | null>;
  /** Failed turns that were dismissed or sent again since their page was read. */
  readonly gone: ValueStore<ReadonlySet<string>>;
}

/** Has no effect until something is asked of it, so that the server can draw with it too. */
export function openClientState(): ClientState {
  const rate = valueStore<Rate | null>(null);
  const turns = openTurns({
    book: turnBook(nextFrame),
    storage: () => localStorage,
    pause,
    onRate: rate.set,
  });
  return {
    turns,
    rate,
    toast: valueStore<Toast | null>(null),
    gone: valueStore(new Set<string>()),
  };
}

/** A hidden tab draws no frames, but its text must go on for whoever comes back. */
function nextFrame(draw: () => void): void {
  if (document.hidden) setTimeout(draw, 250);
  else requestAnimationFrame(draw);
}

/** Waits between two attempts, shorter when the network comes back or nobody waits any more. */
function pause(attempt: number, signal: AbortSignal): Promise<boolean> {
  const ms = reconnectPause(attempt, Math.random);
  if (ms === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      signal.removeEventListener('abort', go);
      resolve(true);
    };
    const timer = setTimeout(go, ms);
    window.addEventListener('online', go);
    signal.addEventListener('abort', go);
  });
}

export const ClientStateContext = createContext<ClientState | null>(null);

export function useClientState(): ClientState {
  const state = use(ClientStateContext);
  if (!state) throw new Error('Used outside the app shell');
  return state;
}
