/**
 * The variables that an operator may also set in the page, with their defaults as one writes them. Those that others
 * depend on come first.
 */
export const CHANGEABLE = {
  CHAT_MODELS: 'auto',
  CHAT_DEFAULT_MODEL: '',
  CHAT_MODEL_NAMES: '',
  CHAT_SYSTEM_PROMPT: '',
  CHAT_REPLY_MAX_TOKENS: '',
  SIGN_UP: 'closed',
  CHAT_RATE_LIMIT: '20/minute;300/hour;2000/day',
  CHAT_DAILY_LIMIT: '10000 turns;50000000 tokens',
  CHAT_PERSON_BUDGET: '',
  CHAT_KEY_BUDGET: '',
  CHAT_BUDGET: '',
  TURNS_PER_OWNER: '10',
  OWNER_MAX_SESSIONS: '20000',
  OWNER_MAX_MESSAGES: '400000',
  OWNER_MAX_MEGABYTES: '400',
} as const;

export type SettingName = keyof typeof CHANGEABLE;

export const SETTING_NAMES = Object.keys(CHANGEABLE) as readonly SettingName[];

/** What operators set, as they wrote it. */
export type StoredSettings = Readonly<Partial<Record<SettingName, string>>>;
