import type { FailureSentences, Values } from '../../parts/sentences';
import { grouped } from '../parts/numbers';
import { unreadableFile } from '../sessions/imports';
import { failures } from './failures';

const MOMENT = 'Versuche es gleich noch einmal.';

/** A model by its name, where it is known. */
const named = ({ model }: Values) => (model ? `„${model}“` : 'das Modell');
const serverOf = ({ model }: Values) => (model ? `Der Server von „${model}“` : 'Der Modellserver');

const limit = ({ limit: most }: Values) =>
  most === undefined ? 'so viele wie erlaubt' : grouped(most);

export const allFailures = {
  ...failures,
  unauthenticated: {
    ...failures.unauthenticated,
    'no-proxy-user':
      'Der Proxy vor diesem Server hat nicht gesagt, wer du bist. Verwende die Adresse des Proxys, bei dem du dich anmeldest, oder frage den Betreiber.',
    'wrong-password':
      'Name und Passwort passen nicht zusammen. Prüfe beides und versuche es erneut.',
    'sign-in-over':
      'Das hat zu lange gedauert, wurde in einem anderen Browser begonnen oder ist schon erledigt. Beginne von vorn.',
    'provider-refused':
      'Du bist nicht angemeldet: Der andere Dienst hat nicht bestätigt, wer du bist. Versuche es erneut oder melde dich anders an.',
    passkey:
      'Dieser Passkey ist hier nicht bekannt oder wurde entfernt. Verwende einen anderen oder melde dich anders an.',
  },
  forbidden: {
    ...failures.forbidden,
    blocked: 'Der Betreiber dieses Servers hat deine Adresse gesperrt.',
    scope: ({ scope }) =>
      `Dem API-Schlüssel fehlt das Recht ${scope ?? 'dafür'}. Lege einen Schlüssel an, der es hat.`,
    'no-price': (values) =>
      `Für ${named(values)} ist kein Preis bekannt, und dein Budget gilt in Geld. Wähle ein anderes Modell oder bitte den Betreiber, den Preis einzutragen (CHAT_PRICES).`,
    'account-needed':
      'API-Schlüssel brauchen ein Konto, weil ein Besucher nur zu einem Browser gehört. Der Betreiber kann stattdessen API_KEYS setzen.',
    operator: 'Das darf nur ein Betreiber dieses Servers.',
    'first-account':
      'Hier gibt es noch kein Konto. Der Betreiber legt das erste mit dem Link an, den der Server beim Start ausgegeben hat.',
    'not-connected':
      'Das Konto, das du dort gewählt hast, ist hier mit keinem verbunden. Melde dich anders an und verbinde es unter „Dein Konto“, oder bitte den Betreiber um eine Einladung.',
    disabled: 'Dieses Konto ist gesperrt. Wende dich an den Betreiber dieses Servers.',
    'sign-up-closed':
      'Neue Konten brauchen eine Einladung. Bitte den Betreiber dieses Servers um einen Link.',
  },
  'not-found': {
    ...failures['not-found'],
    message: 'Diese Nachricht ist nicht mehr im Chat. Lade die Seite neu.',
    revision: 'Diese Änderung ist nicht mehr im Verlauf.',
    prompt:
      'Zu dieser Nachricht ist kein Prompt gespeichert. Deine eigenen Nachrichten, importierte und ältere Antworten haben keinen.',
    person: 'Dieses Konto gibt es nicht mehr.',
    'sign-in': 'Dieser Browser ist schon abgemeldet.',
    link: 'Dieser Link wurde schon benutzt oder ist abgelaufen. Bitte um einen neuen.',
    provider: 'Dein Konto ist dort nicht verbunden.',
    passkey: 'Dieser Passkey wurde schon entfernt.',
  },
  conflict: {
    changed: 'Das wurde anderswo geändert. Lade die Seite neu, um den aktuellen Stand zu sehen.',
    'no-such-line': 'Diese Zeile steht nicht mehr im Gedächtnis.',
    'not-undoable':
      'Spätere Änderungen betreffen dieselben Zeilen, deshalb lässt sich diese nicht allein rückgängig machen. Bearbeite stattdessen den Text.',
    'no-longer-kept':
      'Der Text vor dieser Änderung ist nicht mehr gespeichert, deshalb lässt sie sich nicht rückgängig machen. Bearbeite stattdessen den Text.',
    'memory-full':
      'Das Gedächtnis ist zu voll, um diese Zeilen wieder aufzunehmen. Entferne zuerst andere Zeilen.',
    'not-continuable':
      'Diese Antwort lässt sich nicht mehr fortsetzen. Sende stattdessen eine neue Nachricht.',
    'not-regenerable':
      'Diese Antwort gehört zu keiner Nachricht und lässt sich deshalb nicht neu schreiben.',
    'too-many-keys':
      'Du hast so viele API-Schlüssel, wie eine Person haben darf. Widerrufe zuerst einen.',
    'reply-full':
      'Diese Antwort hat ihre Höchstlänge erreicht. Sende eine neue Nachricht, um fortzufahren.',
    'name-taken':
      'Unter diesem Namen gibt es schon ein Konto. Melde dich an oder wähle einen anderen Namen.',
    'last-operator': 'Der Server braucht einen Betreiber. Mach zuerst jemand anderen dazu.',
    'last-way':
      'Das ist die einzige Anmeldeart dieses Kontos. Füge zuerst eine andere hinzu, zum Beispiel ein Passwort.',
    connected:
      'Dein Konto ist schon mit einem anderen Konto dort verbunden, oder das Konto dort ist schon mit einem anderen Konto hier verbunden. Trenne zuerst diese Verbindung.',
    'known-passkey': 'Dieser Passkey ist schon hinzugefügt.',
    'too-many-passkeys':
      'Du hast so viele Passkeys, wie eine Person haben darf. Entferne einen, den du nicht mehr brauchst.',
  },
  'too-large': {
    ...failures['too-large'],
    body: ({ limit: kilobytes }) =>
      `Das ist zu lang. Der Server nimmt höchstens ${String(kilobytes ?? 0)} KB auf einmal an.`,
    file: (values) =>
      `Diese Datei ist größer als ${limit(values)} MB, mehr liest der Server nicht auf einmal. Importiere sie auf der Seite, die sie im Browser liest.`,
  },
  'unreadable-file': unreadableFile,
  unsupported: ({ encoding }) =>
    `Der Server liest Content-Encoding ${encoding ?? 'in dieser Form'} nicht. Sende den Body ohne.`,
  'over-quota': {
    OWNER_MAX_SESSIONS: (values) => overQuota(`${limit(values)} Chats`, 'OWNER_MAX_SESSIONS'),
    OWNER_MAX_MESSAGES: (values) => overQuota(`${limit(values)} Nachrichten`, 'OWNER_MAX_MESSAGES'),
    OWNER_MAX_MEGABYTES: (values) => overQuota(`${limit(values)} Megabyte`, 'OWNER_MAX_MEGABYTES'),
  },
  'over-budget': {
    TURNS_PER_OWNER: (values) =>
      `Für dich werden schon so viele Antworten geschrieben, wie gleichzeitig erlaubt sind (${limit(values)}, TURNS_PER_OWNER). Warte, bis eine fertig ist, oder halte sie an, und versuche es dann erneut.`,
    TURNS_MAX:
      'Der Server schreibt so viele Antworten, wie er kann (TURNS_MAX). Versuche es in ein paar Sekunden erneut.',
    CHAT_DAILY_LIMIT:
      'Der Server hat seine Grenze für heute erreicht. Versuche es nach Mitternacht (UTC) erneut oder bitte den Betreiber, CHAT_DAILY_LIMIT zu erhöhen.',
    CHAT_BUDGET: (values) => overBudget('Das Budget dieses Servers', 'CHAT_BUDGET', values),
    CHAT_PERSON_BUDGET: (values) => overBudget('Dein Budget', 'CHAT_PERSON_BUDGET', values),
    CHAT_KEY_BUDGET: (values) =>
      overBudget('Das Budget dieses API-Schlüssels', 'CHAT_KEY_BUDGET', values),
    STREAMS_PER_OWNER: tooManyStreams('Du hast', 'STREAMS_PER_OWNER'),
    STREAMS_PER_ADDRESS: tooManyStreams('Deine Adresse hat', 'STREAMS_PER_ADDRESS'),
    STREAMS_MAX: tooManyStreams('Dieser Server hat', 'STREAMS_MAX'),
    VISITOR_RATE_LIMIT:
      'Aus deinem Netz kamen zu viele neue Besucher. Versuche es später erneut oder verwende einen API-Schlüssel.',
  },
  misdirected:
    'Dieser Server nimmt den Hostnamen in der Adresse nicht an. Verwende eine andere Adresse oder bitte den Betreiber, ihn in ALLOWED_HOSTS aufzunehmen.',
  upstream: {
    unreachable: `Das Modell war nicht erreichbar. ${MOMENT}`,
    timeout: `Das Modell hat zu lange nicht geantwortet. ${MOMENT}`,
    loading: (values) => `Der Server lädt ${named(values)} noch. ${MOMENT}`,
    away: (values) => `${serverOf(values)} ist nicht verfügbar. ${MOMENT}`,
    failing: `Der Modellserver hat einen Fehler gemeldet. ${MOMENT}`,
    broken: 'Das Modell hat eine unlesbare Antwort geschickt. Versuche es erneut.',
    refused: (values) =>
      `${serverOf(values)} hat die Anfrage abgelehnt. Der Betreiber findet den Status im Log.`,
    key: (values) =>
      `${serverOf(values)} hat den API-Schlüssel nicht angenommen. Prüfe OPENAI_API_KEY.`,
    forbidden: (values) =>
      `Der API-Schlüssel darf ${named(values)} nicht nutzen. Wähle ein anderes Modell oder prüfe die Rechte des Schlüssels.`,
    'unknown-model': (values) =>
      `Der Server kennt ${named(values)} nicht. Wähle ein anderes Modell oder prüfe CHAT_MODELS und OPENAI_BASE_URL.`,
    'not-chat': ({ model }) =>
      `Laut seinem Server ist ${model ? `„${model}“` : 'dieses Modell'} nicht für Chats gemacht. Wähle ein anderes Modell oder nimm es aus CHAT_MODELS heraus.`,
    credit: (values) =>
      `Das Konto, das ${named(values)} bezahlt, hat kein Guthaben mehr. Prüfe die Abrechnung beim Anbieter.`,
    'too-long': (values) =>
      `Die Unterhaltung ist länger, als ${named(values)} lesen kann. Beginne einen neuen Chat, sende weniger oder wähle ein Modell mit größerem Kontext.`,
    limited: (values) =>
      `${serverOf(values)} ist ausgelastet oder hat seine Anfragegrenze erreicht. ${MOMENT}`,
    empty: 'Das Modell hat eine leere Antwort geschickt. Versuche es erneut.',
    length:
      'Das Modell hat seine Längengrenze verbraucht, bevor es etwas schrieb. Bitte um weniger, oder erhöhe CHAT_REPLY_MAX_TOKENS oder die Grenze seines Servers.',
    filter:
      'Der Inhaltsfilter des Modellservers hat diese Antwort blockiert. Formuliere deine Nachricht um.',
    'tool-calls':
      'Das Modell wollte ein Werkzeug aufrufen, statt zu antworten, aber diese App bietet keine an. Formuliere deine Nachricht um oder wähle ein anderes Modell.',
  },
  unavailable: {
    ...failures.unavailable,
    provider:
      'Der Dienst, bei dem du dich anmeldest, ist nicht erreichbar oder nimmt diesen Server nicht an. Versuche es gleich noch einmal; der Betreiber findet die Ursache im Log.',
    access:
      'Dieser Server ist noch nicht offen, weil sein Betreiber nicht festgelegt hat, wer ihn nutzen darf. Der Betreiber wählt ACCESS=accounts für Personen, die sich anmelden, ACCESS=proxy für Personen, die ein Reverse Proxy angemeldet hat, oder ACCESS=open für alle. Danach muss der Server neu bereitgestellt oder neu gestartet werden.',
  },
} satisfies FailureSentences;

function overQuota(most: string, bound: string): string {
  return `Du hast die Grenze von ${most} erreicht. Lösche Chats und leere dann „Kürzlich gelöscht“, um Platz zu schaffen. Der Betreiber kann ${bound} erhöhen.`;
}

function overBudget(whose: string, bound: string, { window }: Values): string {
  if (window === 'replies')
    return `${whose} (${bound}): Der Rest ist für Antworten reserviert, die noch geschrieben werden. Warte, bis eine fertig ist, oder halte sie an, und versuche es dann erneut.`;
  const [period, renewed] =
    window === 'month'
      ? ['diesen Monat', 'Am ersten Tag des nächsten Monats (UTC)']
      : ['heute', 'Um Mitternacht (UTC)'];
  return `${whose} für ${period} ist verbraucht. ${renewed} beginnt ein neues; der Betreiber kann ${bound} erhöhen.`;
}

function tooManyStreams(who: string, bound: string): string {
  return `${who} zu viele Streams gleichzeitig offen (${bound}). Schließe einige, zum Beispiel andere Tabs, oder ${MOMENT.charAt(0).toLowerCase()}${MOMENT.slice(1)}`;
}
