import 'server-only';
import { LIMIT_NAMES, UNBOUNDED, type Bounds } from '@/db/quotas/bounds';
import type { Store } from '@/db/store';
import type { StoredSettings } from '@/lib/env/changeable';
import { useStoredSettings } from '@/lib/env/stored';
import { env, environmentSettings, settingMistakes } from '@/lib/env';
import { invalidFields } from '@/lib/errors';
import { log } from '@/lib/log';
import { watchSettings, type NewValues, type SettingsWatch } from '@/lib/settings/settings';
import { fields } from '@/lib/texts/api-fields';
import { backgroundClock } from './background-clock';

/** Reads what operators set, and follows it. */
export async function openSettings({ settings: store }: Store): Promise<SettingsWatch> {
  const apply = useStoredSettings;
  const watch = watchSettings({ store, apply, clock: backgroundClock, log: log() });
  await watch.refresh();
  return watch;
}

/** Throws `invalid` for values that do not fit, and for settings of the environment, which wins. */
export function checkSettings(stored: StoredSettings, values: NewValues): void {
  const fixed = Object.keys(values).filter((name) => name in environmentSettings());
  const set = Object.entries({ ...stored, ...values }).filter(([, value]) => value !== null);
  const mistakes = settingMistakes(Object.fromEntries(set) as StoredSettings);
  const wrong = [
    ...fixed.map((name) => [name, fields.setInEnvironment] as const),
    // Only what is changed: one that fitted before must not keep all others as they are.
    ...mistakes.filter(([name]) => name in values && !fixed.includes(name)),
  ];
  if (wrong.length > 0)
    throw invalidFields(wrong.map(([name, msg]) => ({ loc: [name], msg, type: 'setting' })));
}

/** The store's limits, each as it is when it is read: operators change them while the server runs. */
export function boundsNow(refused: Bounds['refused']): Bounds {
  const bounds = { ...UNBOUNDED, refused };
  for (const name of LIMIT_NAMES)
    Object.defineProperty(bounds, name, { get: () => env()[name], enumerable: true });
  return bounds;
}
