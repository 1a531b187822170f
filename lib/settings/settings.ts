import type { Maker } from '@/lib/accounts/account-store';
import type { SettingName, StoredSettings } from '@/lib/env/changeable';
import { causesOf } from '@/lib/errors';
import { poll } from '@/lib/poll';
import type { Clock } from '@/lib/ports/clock';
import type { Log } from '@/lib/ports/log';

export interface SettingChange {
  readonly id: string;
  readonly name: SettingName;
  /** Null: it was not set. */
  readonly before: string | null;
  /** Null: it is not set any more. */
  readonly after: string | null;
  /** The owner who changed it. */
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** New values by name; null: the default again. */
export type NewValues = Readonly<Partial<Record<SettingName, string | null | undefined>>>;

export interface SettingsStore {
  read(): Promise<StoredSettings>;
  /**
   * Writes values, and what they replace to the history. With a `maker` it throws when that person is no operator any
   * more.
   */
  change(change: {
    readonly values: NewValues;
    readonly by: string;
    readonly maker: Maker | null;
    readonly now: Date;
  }): Promise<void>;
  /** Newest first. */
  history(limit: number): Promise<SettingChange[]>;
}

interface Deps {
  readonly store: Pick<SettingsStore, 'read'>;
  /** Called with the stored settings when they have changed. */
  readonly apply: (stored: StoredSettings) => void;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Pick<Log, 'warn'>;
}

const POLL_EVERY_MS = 2000;

/** Applies what operators set on any instance, within seconds. */
export interface SettingsWatch {
  /** Reads them at once. Throws `unavailable`. */
  refresh(): Promise<void>;
  close(): void;
}

/** After the first `refresh` it reads the settings every two seconds. */
export function watchSettings({ store, apply, clock, log }: Deps): SettingsWatch {
  let applied = '{}';
  let closed = false;
  let begun = 0;
  let newest = 0;
  const refresh = async () => {
    const read = (begun += 1);
    const stored = await store.read();
    // One that began earlier may be older, however late it ends.
    if (read < newest) return;
    newest = read;
    const text = JSON.stringify(stored);
    if (text === applied) return;
    applied = text;
    apply(stored);
  };
  const arrange = poll(
    clock,
    () => (closed ? null : POLL_EVERY_MS),
    () =>
      refresh().catch((cause: unknown) => {
        log.warn({ event: 'settings.poll_failed', cause: causesOf(cause) });
      }),
  );
  return {
    async refresh() {
      await refresh();
      arrange();
    },
    close() {
      closed = true;
      arrange();
    },
  };
}
