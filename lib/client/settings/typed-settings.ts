import type { StoredSettings } from '@/lib/client/net/api';

/** The settings as they are typed; '' for the default. */
export type TypedSettings = { readonly [Field in keyof StoredSettings]: string };

export const DEFAULTS: TypedSettings = {
  system_prompt: '',
  model: '',
  temperature: '',
  max_tokens: '',
};

export const typed = (stored: StoredSettings): TypedSettings => ({
  system_prompt: stored.system_prompt ?? '',
  model: stored.model ?? '',
  temperature: stored.temperature?.toString() ?? '',
  max_tokens: stored.max_tokens?.toString() ?? '',
});

/** Only the changed settings, so that a setting changed elsewhere meanwhile is kept. */
export function changedSettings(
  now: TypedSettings,
  stored: StoredSettings,
): Partial<StoredSettings> {
  const before = typed(stored);
  const differs = (field: keyof TypedSettings) => now[field].trim() !== before[field];
  const number = (text: string) => (text.trim() === '' ? null : Number(text));
  return {
    ...(differs('system_prompt') && { system_prompt: now.system_prompt.trim() || null }),
    ...(differs('model') && { model: now.model || null }),
    ...(differs('temperature') && { temperature: number(now.temperature) }),
    ...(differs('max_tokens') && { max_tokens: number(now.max_tokens) }),
  };
}
