import type { SettingName } from '@/lib/env/changeable';

/** What belongs together on the page. */
export const SETTING_GROUPS = {
  CHAT_MODELS: 'models',
  CHAT_DEFAULT_MODEL: 'models',
  CHAT_MODEL_NAMES: 'models',
  CHAT_SYSTEM_PROMPT: 'models',
  CHAT_REPLY_MAX_TOKENS: 'models',
  SIGN_UP: 'people',
  CHAT_RATE_LIMIT: 'limits',
  CHAT_DAILY_LIMIT: 'limits',
  CHAT_PERSON_BUDGET: 'limits',
  CHAT_KEY_BUDGET: 'limits',
  CHAT_BUDGET: 'limits',
  TURNS_PER_OWNER: 'limits',
  OWNER_MAX_SESSIONS: 'limits',
  OWNER_MAX_MESSAGES: 'limits',
  OWNER_MAX_MEGABYTES: 'limits',
} as const satisfies Record<SettingName, string>;
