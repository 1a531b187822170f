import {
  CHANGEABLE,
  SETTING_NAMES,
  type StoredSettings,
  type SettingName,
} from '@/lib/env/changeable';
import type { SettingChange } from './settings';

interface Sources {
  readonly stored: StoredSettings;
  /** What the environment sets, which wins. */
  readonly environment: StoredSettings;
  /** What is wrong with stored ones, which are then not used. */
  readonly mistakes: readonly (readonly [SettingName, string])[];
}

/** Where the value in use comes from. */
export type SettingSource = 'environment' | 'stored' | 'default';

export function presentSettings({ stored, environment, mistakes }: Sources) {
  const wrong = new Map(mistakes);
  return SETTING_NAMES.map((name) => {
    const fallback = CHANGEABLE[name];
    const own = wrong.has(name) ? undefined : stored[name];
    const source: SettingSource =
      name in environment ? 'environment' : own === undefined ? 'default' : 'stored';
    return {
      name,
      value: environment[name] ?? own ?? fallback,
      source,
      stored: stored[name] ?? null,
      default: fallback,
      problem: wrong.get(name) ?? null,
    };
  });
}

/** `nameOf`: null for an owner whose name is not known any more. */
export const presentChange =
  (nameOf: (owner: string) => string | null) =>
  ({ id, name, before, after, changedBy, changedAt }: SettingChange) => ({
    id,
    name,
    before,
    after,
    by: nameOf(changedBy),
    at: changedAt.toISOString(),
  });
