export const operator = {
  doctor: {
    title: 'Server prüfen',
    about:
      'Sieht sich Einstellungen, Datenbank, Platte, Modellserver, Redis und Uhren an, wie „ask-next doctor“. Fragt das Modell nach einem Wort und braucht höchstens eine halbe Minute. Die Befunde sind auf Englisch.',
    go: 'Jetzt prüfen',
    busy: 'Einen Moment…',
    found: (problems: number, warnings: number) =>
      problems + warnings === 0
        ? 'Keine Probleme gefunden.'
        : `Probleme: ${String(problems)}. Warnungen: ${String(warnings)}.`,
    levels: { ok: 'OK', warning: 'Warnung', problem: 'Problem' },
    areas: {
      settings: 'Einstellungen',
      access: 'Zugang',
      provider: 'Anmeldedienst',
      database: 'Datenbank',
      disk: 'Platte',
      upstream: 'Modellserver',
      redis: 'Redis',
      clock: 'Uhr',
      proxy: 'Proxy',
    },
  },
  people: {
    disable: 'Sperren',
    disableOf: (name: string) => `${name} sperren`,
    disableSure: (name: string) =>
      `${name} überall abmelden und die API-Schlüssel ablehnen? Die Chats bleiben, und du kannst das Konto wieder freigeben.`,
    enable: 'Freigeben',
    enableOf: (name: string) => `${name} freigeben`,
    disabled: 'Gesperrt',
  },
  settings: {
    title: 'Servereinstellungen',
    about:
      'Für alle, die diesen Server nutzen. Änderungen wirken binnen Sekunden, ohne Neustart. Ein leeres Feld steht für die Vorgabe.',
    save: 'Speichern',
    saved: 'Gespeichert.',
    nothingNew: 'Nichts hat sich geändert.',
    fixed: (name: string) => `Als ${name} in der Umgebung des Servers gesetzt; das hat Vorrang.`,
    unused: (problem: string) => `Der gespeicherte Wert gilt nicht. ${problem}.`,
    wrong: (problem: string) => `So geht es nicht. ${problem}.`,
    groups: { models: 'Modelle', people: 'Personen', limits: 'Grenzen' },
    fields: {
      CHAT_MODELS: {
        label: 'Angebotene Modelle',
        about: 'Namen, durch Kommas getrennt. „auto“ bietet an, was der Modellserver auflistet.',
      },
      CHAT_DEFAULT_MODEL: {
        label: 'Vorgegebenes Modell',
        about: 'Für neue Chats. Leer: das erste der Liste.',
      },
      CHAT_MODEL_NAMES: {
        label: 'Namen der Modelle',
        about: 'Wie sie angezeigt werden, zum Beispiel „gpt-5=Schlau; llama3=Zu Hause“.',
      },
      CHAT_SYSTEM_PROMPT: {
        label: 'Anweisungen',
        about: 'Der System-Prompt von Chats ohne eigene Anweisungen.',
      },
      CHAT_REPLY_MAX_TOKENS: {
        label: 'Längste Antwort, in Tokens',
        about: 'Leer: so lang, wie das Modell es erlaubt.',
      },
      SIGN_UP: {
        label: 'Wer ein Konto anlegen darf',
        about:
          '„closed“: nur Personen mit einer Einladung. „open“: alle. „provider“: alle, die der Anmeldedienst bestätigt. Oder E-Mail-Domains, durch Kommas getrennt.',
      },
      CHAT_RATE_LIMIT: {
        label: 'Nachrichten einer Person',
        about: 'Zum Beispiel „20/minute;300/hour“. Bei mehreren Zeitfenstern gelten alle.',
      },
      CHAT_DAILY_LIMIT: {
        label: 'Alle Nachrichten eines Tages',
        about: 'Für den ganzen Server, in UTC, zum Beispiel „500 turns;2000000 tokens“.',
      },
      CHAT_PERSON_BUDGET: {
        label: 'Budget einer Person',
        about:
          'Geld oder Tokens an einem Tag oder in einem Monat (UTC), zum Beispiel „2/day;20/month;500000 tokens/day“. Bei einem in Geld werden Modelle ohne Preis abgelehnt.',
      },
      CHAT_KEY_BUDGET: {
        label: 'Budget eines API-Schlüssels',
        about: 'Geschrieben wie das einer Person.',
      },
      CHAT_BUDGET: {
        label: 'Budget aller zusammen',
        about: 'Geschrieben wie das einer Person. Was schon verbraucht ist, zählt mit.',
      },
      TURNS_PER_OWNER: {
        label: 'Gleichzeitige Antworten einer Person',
        about: 'Wie viele auf einmal geschrieben werden dürfen.',
      },
      OWNER_MAX_SESSIONS: {
        label: 'Chats einer Person',
        about: 'Kürzlich gelöschte zählen mit.',
      },
      OWNER_MAX_MESSAGES: {
        label: 'Gespeicherte Nachrichten einer Person',
        about: 'In allen Chats.',
      },
      OWNER_MAX_MEGABYTES: {
        label: 'Megabyte einer Person',
        about: 'Texte und Gedächtnisse.',
      },
    },
    history: 'Änderungen',
    none: 'Noch wurde nichts geändert.',
    unset: 'Vorgabe',
    by: (name: string | null, when: string) => (name === null ? when : `${name}, ${when}`),
  },
};
