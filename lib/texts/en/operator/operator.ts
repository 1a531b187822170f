/** The operator's pages. */
export const operator = {
  doctor: {
    title: 'Check the server',
    about:
      'Looks at settings, database, disk, the model’s server, Redis and clocks, as “ask-next doctor” does. It asks the model for one word, and takes half a minute at most.',
    go: 'Check now',
    busy: 'One moment…',
    found: (problems: number, warnings: number) =>
      problems + warnings === 0
        ? 'No problems found.'
        : `Problems: ${String(problems)}. Warnings: ${String(warnings)}.`,
    levels: { ok: 'OK', warning: 'Warning', problem: 'Problem' },
    areas: {
      settings: 'Settings',
      access: 'Access',
      provider: 'Sign-in provider',
      database: 'Database',
      disk: 'Disk',
      upstream: 'Model’s server',
      redis: 'Redis',
      clock: 'Clock',
      proxy: 'Proxy',
    },
  },
  people: {
    disable: 'Disable',
    disableOf: (name: string) => `Disable ${name}`,
    disableSure: (name: string) =>
      `Sign ${name} out everywhere, and refuse their API keys? Their chats are kept, and you can enable the account again.`,
    enable: 'Enable',
    enableOf: (name: string) => `Enable ${name}`,
    disabled: 'Disabled',
  },
  settings: {
    title: 'Server settings',
    about:
      'For everyone who uses this server. Changes take effect within seconds, without a restart. An empty field means the default.',
    save: 'Save',
    saved: 'Saved.',
    nothingNew: 'Nothing has changed.',
    fixed: (name: string) => `Set as ${name} in the server’s environment, which takes precedence.`,
    unused: (problem: string) => `The stored value is not used: it ${problem}.`,
    wrong: (problem: string) => `This ${problem}.`,
    groups: { models: 'Models', people: 'People', limits: 'Limits' },
    fields: {
      CHAT_MODELS: {
        label: 'Offered models',
        about: 'Names, separated by commas. “auto” offers what the model’s server lists.',
      },
      CHAT_DEFAULT_MODEL: {
        label: 'Default model',
        about: 'For new chats. Empty: the first of the list.',
      },
      CHAT_MODEL_NAMES: {
        label: 'Names of models',
        about: 'How people read them, such as “gpt-5=Clever; llama3=At home”.',
      },
      CHAT_SYSTEM_PROMPT: {
        label: 'Instructions',
        about: 'The system prompt of chats without instructions of their own.',
      },
      CHAT_REPLY_MAX_TOKENS: {
        label: 'Longest reply, in tokens',
        about: 'Empty: as long as the model allows.',
      },
      SIGN_UP: {
        label: 'Who may make an account',
        about:
          '“closed”: only people with an invitation. “open”: everyone. “provider”: everyone whom the sign-in provider confirms. Or e-mail domains, separated by commas.',
      },
      CHAT_RATE_LIMIT: {
        label: 'Messages of one person',
        about: 'Such as “20/minute;300/hour”. With more than one window all of them count.',
      },
      CHAT_DAILY_LIMIT: {
        label: 'All messages of a day',
        about: 'For the whole server, in UTC, such as “500 turns;2000000 tokens”.',
      },
      CHAT_PERSON_BUDGET: {
        label: 'Budget of one person',
        about:
          'Money or tokens in a day or month of UTC, such as “2/day;20/month;500000 tokens/day”. With one in money, models without a price are refused.',
      },
      CHAT_KEY_BUDGET: { label: 'Budget of one API key', about: 'Written like that of a person.' },
      CHAT_BUDGET: {
        label: 'Budget of everyone together',
        about: 'Written like that of a person. What was used before counts.',
      },
      TURNS_PER_OWNER: {
        label: 'Replies at a time, of one person',
        about: 'How many may be written at once.',
      },
      OWNER_MAX_SESSIONS: { label: 'Chats of one person', about: 'Those in the trash count.' },
      OWNER_MAX_MESSAGES: { label: 'Messages kept for one person', about: 'In all chats.' },
      OWNER_MAX_MEGABYTES: { label: 'Megabytes of one person', about: 'Texts and memories.' },
    },
    history: 'Changes',
    none: 'Nothing has been changed yet.',
    unset: 'default',
    by: (name: string | null, when: string) => (name === null ? when : `${name}, ${when}`),
  },
};
