import { createContext, use } from 'react';
import type { ShownPage } from '@/lib/page/session-page';
import { showToast, type Toast, type Toasts } from './toasts';
import { openPendingWrites, type PendingWrites } from './pending-writes';
import type { Rate } from '@/lib/client/net/rate';
import { waitForBackoff } from '@/lib/client/net/backoff';
import { browserStorage } from '@/lib/client/browser/safe-storage';
import { browserDrawPace } from '@/lib/client/turns/draw-pace';
import { turnRegistry } from '@/lib/client/turns/turn-registry';
import { openTurnController, type TurnController } from '@/lib/client/turns/turn-controller';
import { observable, type Observable } from '@/lib/client/browser/observable';
import type { Appearance } from '@/lib/page/appearance';
import type { Texts } from '@/lib/texts/texts';

export interface LatestPage {
  /** The session that was requested. */
  readonly sessionId: string | null;
  readonly page: ShownPage;
  /** When it was asked for, by this page's own clock. */
  readonly readAt: number;
}

/** State that lives as long as the tab and belongs to no single session. */
export interface ClientState {
  readonly turns: TurnController;
  readonly rate: Observable<Rate | null>;
  readonly toasts: Toasts;
  /** Failed turns that were dismissed or retried since their page was read. */
  readonly dismissed: Observable<ReadonlySet<string>>;
  /** The latest page read since the server rendered it; null: none yet. */
  readonly latestPage: Observable<LatestPage | null>;
  readonly pendingWrites: PendingWrites;
  /** Incremented to refresh the page without waiting for the change feed. */
  readonly stale: Observable<number>;
  /** The server has been unreachable for some seconds. */
  readonly offline: Observable<boolean>;
  /** The palette is open. */
  readonly palette: Observable<boolean>;
  /** The list of keyboard shortcuts is open. */
  readonly shortcuts: Observable<boolean>;
  /** What was chosen since the page was loaded. */
  readonly appearance: Observable<Partial<Appearance>>;
}

/** Has no side effects until used, so that the server can render with it. */
export function openClientState(texts: Texts): ClientState {
  const rate = observable<Rate | null>(null);
  const toasts = observable<readonly Toast[]>([]);
  const turns = openTurnController({
    registry: turnRegistry(browserDrawPace()),
    storage: browserStorage,
    pause: waitForBackoff,
    onRate: rate.set,
    onError: (thrown) => {
      // A function, because `reportError` is missing on the server.
      reportError(thrown);
    },
    onStopFailed: () => {
      showToast(toasts, texts.composer.stopFailed);
    },
  });
  return {
    turns,
    rate,
    toasts,
    dismissed: observable(new Set<string>()),
    latestPage: observable<LatestPage | null>(null),
    pendingWrites: openPendingWrites(),
    stale: observable(0),
    offline: observable(false),
    palette: observable(false),
    shortcuts: observable(false),
    appearance: observable<Partial<Appearance>>({}),
  };
}

/** Requests a refresh of the page. */
export const requestRefresh = ({ stale }: Pick<ClientState, 'stale'>): void => {
  stale.set(stale.get() + 1);
};

export const ClientStateContext = createContext<ClientState | null>(null);

export function useClientState(): ClientState {
  const state = use(ClientStateContext);
  if (!state) throw new Error('Used outside the app shell');
  return state;
}
