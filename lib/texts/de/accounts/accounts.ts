import { counted } from '../parts/numbers';

export const accounts = {
  name: 'Name oder E-Mail-Adresse',
  password: 'Passwort',
  newPassword: 'Neues Passwort',
  currentPassword: 'Bisheriges Passwort',
  passwordHint: (least: number) => `Mindestens ${String(least)} Zeichen.`,
  working: 'Einen Moment…',
  signIn: {
    title: 'Anmelden',
    go: 'Anmelden',
    other: 'Du hast eine Einladung? Öffne ihren Link.',
  },
  signUp: {
    title: 'Konto anlegen',
    go: 'Konto anlegen',
    first: 'Das ist das erste Konto auf diesem Server. Es gehört dem Betreiber.',
    firstByLink:
      'Das erste Konto auf diesem Server gehört dem Betreiber. Zum Anlegen brauchst du den Link, den der Server beim Start ausgegeben hat.',
    have: 'Ich habe ein Konto',
    need: 'Konto anlegen',
  },
  reset: {
    title: 'Neues Passwort wählen',
    about: 'In allen anderen Browsern wirst du abgemeldet.',
    go: 'Speichern und anmelden',
  },
  device: {
    title: 'Auf diesem Gerät anmelden',
    about: 'Der Link gilt einmal.',
    go: 'Anmelden',
  },
  account: {
    title: 'Dein Konto',
    as: (name: string, operator: boolean) =>
      operator ? `Angemeldet als ${name}, Betreiber dieses Servers.` : `Angemeldet als ${name}.`,
    signOut: 'Abmelden',
    signIns: 'Wo du angemeldet bist',
    thisBrowser: 'Dieser Browser',
    since: (when: string) => `Zuletzt benutzt: ${when}`,
    revoke: 'Abmelden',
    revokeOf: (device: string) => `${device} abmelden`,
    revokeOthers: 'Überall sonst abmelden',
    device: 'Ein anderes Gerät',
    deviceAbout:
      'Öffne diesen Link innerhalb von 15 Minuten auf dem anderen Gerät. Er meldet dich dort einmal ohne Passwort an.',
    makeDevice: 'Link anlegen',
    changePassword: 'Passwort ändern',
    setPassword: 'Passwort festlegen',
    passwordAbout: 'Alle anderen Browser werden abgemeldet.',
    changed: 'Das Passwort ist gespeichert.',
    leave: 'Konto löschen',
    leaveAbout:
      'Löscht dein Konto und alle seine Chats, sofort und endgültig. Exportiere sie vorher.',
    leaveConfirm: 'Mir ist klar, dass sich nichts wiederherstellen lässt',
    export: 'Alles exportieren',
  },
  ways: {
    or: 'oder',
    continueWith: (name: string) => `Weiter mit ${name}`,
    withPasskey: 'Passkey verwenden',
    provider: (name: string) => `Anmelden mit ${name}`,
    connected: (name: string) => `Du kannst dich mit deinem Konto bei ${name} anmelden.`,
    notConnected: (name: string) => `Verbinde dein Konto bei ${name}, um dich damit anzumelden.`,
    connect: (name: string) => `${name} verbinden`,
    disconnect: (name: string) => `${name} trennen`,
    passkeys: 'Passkeys',
    passkeysAbout:
      'Ein Passkey meldet dich mit Fingerabdruck, Gesicht oder der Sperre deines Geräts an.',
    passkeyName: 'Name des Passkeys, zum Beispiel „Handy“',
    addPasskey: 'Passkey hinzufügen',
    passkeyUse: (made: string, used: string | null) =>
      used === null
        ? `Hinzugefügt: ${made}, nie benutzt`
        : `Hinzugefügt: ${made}, zuletzt benutzt: ${used}`,
    removePasskey: 'Entfernen',
    removePasskeyOf: (name: string) => `Passkey ${name} entfernen`,
    noPasskeys: {
      insecure:
        'Hier lässt sich keiner hinzufügen: Browser erlauben Passkeys nur über HTTPS. Öffne diesen Server unter einer https-Adresse.',
      address:
        'Hier lässt sich keiner hinzufügen: Ein Passkey gehört zu einem Hostnamen, und diese Seite wurde über eine IP-Adresse geöffnet. Öffne diesen Server unter seinem Namen, oder als localhost auf demselben Rechner.',
    },
    names: { password: 'Passwort', passkey: 'Passkey' },
    none: 'Keine Anmeldeart',
  },
  claim: {
    title: 'Chats dieses Browsers',
    offer: (count: number) =>
      count === 1
        ? 'Dieser Browser hat einen Chat aus der Zeit vor deiner Anmeldung. Übernehmen?'
        : `Dieser Browser hat ${counted(count, 'Chat', 'Chats')} aus der Zeit vor deiner Anmeldung. Übernehmen?`,
    go: 'Übernehmen',
    later: 'Nicht jetzt',
  },
  people: {
    title: 'Personen',
    invite: 'Jemanden einladen',
    inviteFor: 'Für wen? (das siehst nur du)',
    inviteGo: 'Einladung anlegen',
    inviteAbout: 'Schick der Person diesen Link. Er gilt 7 Tage und nur einmal.',
    resetAbout:
      'Schick der Person diesen Link. Damit kann sie einmal, innerhalb eines Tages, ein neues Passwort festlegen.',
    shownOnce: 'Er wird nur jetzt gezeigt.',
    reset: 'Neues Passwort',
    resetOf: (name: string) => `Link für ein neues Passwort von ${name} anlegen`,
    promote: 'Zum Betreiber machen',
    demote: 'Zum Mitglied machen',
    roleOf: (action: string, name: string) => `${action}: ${name}`,
    remove: 'Entfernen',
    removeOf: (name: string) => `${name} entfernen`,
    removeSure: (name: string) => `${name} und alle zugehörigen Chats endgültig löschen?`,
    operator: 'Betreiber',
    member: 'Mitglied',
    never: 'Nicht angemeldet',
    links: 'Offene Links',
    kinds: { invitation: 'Einladung', reset: 'Neues Passwort', device: 'Anderes Gerät' },
    until: (day: string) => `Bis ${day}`,
    withdraw: 'Zurückziehen',
    withdrawOf: (what: string) => `${what} zurückziehen`,
  },
};
