import { createContext, use } from 'react';
import type { ShownPage } from '@/lib/page/session-page';
import { openChanging, type Changing } from './pending-writes';
import { newId } from '@/lib/client/browser/new-id';
import type { Rate } from '@/lib/client/net/rate';
import { pauseBefore } from '@/lib/client/net/reconnect';
import { browserStorage } from '@/lib/client/browser/safe-storage';
import { turnBook } from '@/lib/client/turns/turn-registry';
import { openTurns, type Turns } from '@/lib/client/turns/turn-controller';
import { valueStore, type ValueStore } from '@/lib/client/browser/observable';
import { texts } from '@/lib/texts/texts';

/** A short notice at the edge of the page, with one thing to do about it. */
export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

export const withoutToast = (toasts: readonly Toast[], id: string): readonly Toast[] =>
  toasts.filter((toast) => toast.id !== id);

export interface Shown {
  /** The session that was asked for. */
  readonly sessionId: string | null;
  readonly page: ShownPage;
}

/** What lives as long as the tab and belongs to no single session. */
export interface ClientState {
  readonly turns: Turns;
  readonly rate: ValueStore<Rate | null>;
  /** Oldest first. */
  readonly toasts: ValueStore<readonly Toast[]>;
  /** Failed turns that were dismissed or sent again since their page was read. */
  readonly gone: ValueStore<ReadonlySet<string>>;
  /** What was read since the server drew the page; null: nothing yet. */
  readonly shown: ValueStore<Shown | null>;
  readonly changing: Changing;
  /** Raised where the page is to be read again, without waiting to be told of the change. */
  readonly stale: ValueStore<number>;
  /** The server has not been reached for some seconds. */
  readonly offline: ValueStore<boolean>;
}

/** Has no effect until something is asked of it, so that the server can draw with it too. */
export function openClientState(): ClientState {
  const rate = valueStore<Rate | null>(null);
  const toasts = valueStore<readonly Toast[]>([]);
  const turns = openTurns({
    book: turnBook(nextFrame),
    storage: browserStorage,
    pause: pauseBefore,
    onRate: rate.set,
    onError: (thrown) => {
      // Named only when it is needed: a server that draws has none.
      reportError(thrown);
    },
    onStopFailed: () => {
      const text = texts.composer.stopFailed;
      toasts.set([...toasts.get(), { id: newId(), text, action: null }]);
    },
  });
  return {
    turns,
    rate,
    toasts,
    gone: valueStore(new Set<string>()),
    shown: valueStore<Shown | null>(null),
    changing: openChanging(),
    stale: valueStore(0),
    offline: valueStore(false),
  };
}

/** Has the page read again soon. */
export const readAgain = ({ stale }: Pick<ClientState, 'stale'>): void => {
  stale.set(stale.get() + 1);
};

/** A hidden tab draws no frames, but its text must go on for whoever comes back. */
function nextFrame(draw: () => void): void {
  if (document.hidden) setTimeout(draw, 250);
  else requestAnimationFrame(draw);
}

export const ClientStateContext = createContext<ClientState | null>(null);

export function useClientState(): ClientState {
  const state = use(ClientStateContext);
  if (!state) throw new Error('Used outside the app shell');
  return state;
}
