import type { SomeSentences } from '../../parts/sentences';
import { deletion } from '../sessions/deletion';

export const failures = {
  invalid: {
    request:
      'Der Server konnte diese Anfrage nicht lesen. Lade die Seite neu und versuche es erneut.',
    body: 'Der Server konnte diese Anfrage nicht lesen. Lade die Seite neu und versuche es erneut.',
    'chat-body':
      'Der Server konnte diese Nachricht nicht lesen. Lade die Seite neu und sende sie noch einmal.',
    fields: ({ mistake }) => (mistake ? `${mistake}.` : 'Der Server nimmt das nicht an.'),
    format: 'Der Server kennt dieses Format nicht. Wähle JSON oder Markdown.',
  },
  unauthenticated: {
    'unknown-key': 'Der Server kennt diesen API-Schlüssel nicht.',
    stranger: 'Der Server erkennt diesen Browser nicht mehr. Lade die Seite neu.',
    'sign-in': 'Du bist abgemeldet. Melde dich wieder an, um fortzufahren.',
  },
  forbidden: {
    'cross-site':
      'Der Server hat diese Anfrage abgelehnt. Lade die Seite neu und versuche es erneut.',
    unsigned: 'Der Server hat diese Anfrage abgelehnt. Lade die Seite neu und versuche es erneut.',
  },
  'not-found': {
    address: 'Diese Seite gibt es nicht.',
    session: 'Diesen Chat gibt es nicht mehr.',
    trash: deletion.cannotRestore,
    turn: 'Diese Antwort ist nicht mehr auf dem Server.',
    key: 'Diesen API-Schlüssel gibt es nicht mehr.',
  },
  'method-not-allowed': 'Diese Adresse kennt diese Aktion nicht.',
  'too-large': {
    message: 'Diese Nachricht ist zu lang. Kürze sie und sende sie noch einmal.',
    reply: 'Diese Antwort ist zu lang.',
  },
  'key-reused':
    'Diese Nachricht wurde schon mit anderem Text gesendet. Kopiere sie und sende sie als neue Nachricht.',
  'rate-limited': {
    CHAT_RATE_LIMIT:
      'Du hast zu viele Nachrichten gesendet. Warte einen Moment und versuche es dann erneut.',
    API_RATE_LIMIT: 'Zu viele Anfragen. Warte einen Moment und versuche es dann erneut.',
    PAGE_RATE_LIMIT:
      'Du hast zu viele Seiten geöffnet. Warte einen Moment und versuche es dann erneut.',
    SIGN_IN_RATE_LIMIT:
      'Zu viele Anmeldeversuche. Warte ein paar Minuten und versuche es dann erneut.',
  },
  interrupted: 'Die Antwort wurde unterbrochen. Der bisherige Text bleibt erhalten.',
  'cut-short': {
    length:
      'Das Modell hat seine Antwort an seiner Längengrenze beendet. Der bisherige Text bleibt erhalten.',
    limit:
      'Die Antwort hat die Längengrenze dieses Servers erreicht. Der bisherige Text bleibt erhalten.',
    filter:
      'Der Inhaltsfilter des Modellservers hat den Rest dieser Antwort blockiert. Der bisherige Text bleibt erhalten.',
    'tool-calls':
      'Das Modell wollte ein Werkzeug aufrufen, aber diese App bietet keine an. Der bisherige Text bleibt erhalten.',
    thoughts:
      'Das Modell hat seine Längengrenze vor der Antwort mit Nachdenken verbraucht. „Fortsetzen“ fragt es noch einmal; oder erhöhe CHAT_REPLY_MAX_TOKENS.',
    'no-answer':
      'Das Modell hat nachgedacht, aber nicht geantwortet. „Fortsetzen“ fragt es noch einmal.',
  },
  unavailable: {
    model: 'Das Modell ist gerade nicht verfügbar. Versuche es gleich noch einmal.',
    store: 'Der Server kann das gerade nicht tun. Versuche es gleich noch einmal.',
    ending: 'Der Server startet neu. Versuche es gleich noch einmal.',
    busy: 'Gerade melden sich viele an. Versuche es gleich noch einmal.',
  },
  internal: 'Auf dem Server ist etwas schiefgegangen. Versuche es erneut.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfe deine Verbindung.',
  'not-sent': 'Diese Nachricht wurde nicht gesendet.',
  'page-fault': 'Auf dieser Seite ist etwas schiefgegangen. Versuche es erneut oder lade sie neu.',
  'page-not-drawn':
    'Etwas ist schiefgegangen. Deine Nachrichten und Entwürfe bleiben erhalten. Lade die Seite neu.',
  'passkey-unused':
    'Es wurde kein Passkey verwendet. Versuche es erneut oder melde dich anders an: Vielleicht hat dieser Browser keinen für diesen Server.',
  'passkey-here': 'Dieses Gerät hat schon einen Passkey für dein Konto.',
  'reply-empty': 'Die Antwort ist leer. Versuche es erneut.',
  'reply-never-began': 'Die Antwort wurde angehalten oder unterbrochen, bevor sie begann.',
  'reply-stopped': 'Angehalten',
  'reply-stopped-early': 'Angehalten, bevor die Antwort begann',
} satisfies SomeSentences;
