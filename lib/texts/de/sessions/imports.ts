import type { ImportKindName, ImportReasonName } from '../../parts/import-names';
import type { SentencesOf, Values } from '../../parts/sentences';
import { counted, grouped } from '../parts/numbers';

const sessions = (count: number) => counted(count, 'Chat', 'Chats');

export const imports = {
  title: 'Unterhaltungen importieren',
  about:
    'Wähle einen Export von Ask-Next, Ask-Flask, ChatGPT, Claude, Open WebUI oder LibreChat, als JSON- oder ZIP-Datei. Er wird in diesem Browser gelesen, und nichts wird gespeichert, bevor du gesehen hast, was darin ist.',
  choose: 'Datei wählen',
  drop: 'oder hier ablegen',
  reading: (count: number) => `Wird gelesen… bisher ${sessions(count)}`,
  importing: (count: number, total: number) => `${grouped(count)} von ${grouped(total)} fertig`,
  report: (name: string) => `In ${name}`,
  result: 'Import beendet',
  stopped:
    'Import abgebrochen. Die bisher importierten Chats bleiben. Importiere die Datei erneut, um fortzufahren.',
  failed:
    'Import unterbrochen. Die bisher importierten Chats bleiben. Importiere die Datei erneut, um fortzufahren.',
  run: (count: number) => `${sessions(count)} importieren`,
  nothing: 'Es gibt nichts zu importieren: Alles ist schon hier oder kann nicht importiert werden.',
  close: 'Schließen',
  progress: 'Fortschritt des Imports',
  list: 'Unterhaltungen in dieser Datei',
  count: grouped,
  more: (count: number) => `und ${grouped(count)} weitere`,
  untitled: 'Ohne Titel',
  leftOut: (count: number) =>
    count === 1
      ? 'Ein Bild oder eine andere Datei wird ausgelassen: Eine Zeile in der Nachricht nennt sie.'
      : `${grouped(count)} Bilder und andere Dateien werden ausgelassen: Eine Zeile in der jeweiligen Nachricht nennt sie.`,
  withoutFiles: (count: number) =>
    count === 1 ? ', ohne 1 Bild oder Datei' : `, ohne ${grouped(count)} Bilder oder Dateien`,
  conflicts:
    'Ein Chat, der hier und in der Datei geändert wurde, bleibt, wie er ist; nichts wird überschrieben. Um auch die Fassung der Datei zu haben, zweige zuerst von deiner letzten Nachricht einen neuen Chat ab, lösche den alten endgültig und importiere die Datei erneut.',
  before: {
    new: 'neu',
    newer: 'mit neueren Nachrichten',
    same: 'schon hier',
    conflict: 'hier und in der Datei geändert',
    skipped: 'ausgelassen',
  } satisfies Record<ImportKindName, string>,
  after: {
    new: 'importiert',
    newer: 'aktualisiert',
    same: 'schon hier',
    conflict: 'unverändert gelassen: hier und in der Datei geändert',
    skipped: 'ausgelassen',
  } satisfies Record<ImportKindName, string>,
  reasons: {
    empty: 'Sie hat keine sichtbaren Nachrichten.',
    cycle: 'Ihre Nachrichten antworten einander im Kreis.',
    'missing-parent': 'Einige ihrer Nachrichten fehlen.',
    'duplicate-message': 'Zwei ihrer Nachrichten haben dieselbe ID.',
    invalid: 'Eines ihrer Felder ist ungültig.',
    unknown: 'Das ist keine Unterhaltung.',
    'missing-file': 'Der Export verweist auf diese Datei, enthält sie aber nicht.',
    'inner-zip':
      'Das ist eine ZIP-Datei in der ZIP-Datei. Entpacke sie und importiere sie für sich.',
    unreadable:
      'Diese Datei in der ZIP-Datei ist nicht lesbar; darin wurden keine Unterhaltungen gefunden.',
    deleted: 'Sie ist unter „Kürzlich gelöscht“. Stelle sie dort wieder her.',
    'too-large': 'Sie ist größer, als der Server auf einmal annimmt.',
    OWNER_MAX_SESSIONS: 'Die Höchstzahl an Chats ist erreicht (OWNER_MAX_SESSIONS).',
    OWNER_MAX_MESSAGES: 'Die Höchstzahl an Nachrichten ist erreicht (OWNER_MAX_MESSAGES).',
    OWNER_MAX_MEGABYTES: 'Dein Speicherplatz ist voll (OWNER_MAX_MEGABYTES).',
  } satisfies Record<ImportReasonName, string>,
};

const limit = ({ limit: most }: Values) =>
  most === undefined ? 'so viele wie erlaubt' : grouped(most);

export const unreadableFile = {
  unknown:
    'In dieser Datei wurden keine Unterhaltungen gefunden. Wähle einen Export von Ask-Next, Ask-Flask, ChatGPT, Claude, Open WebUI oder LibreChat.',
  'not-json':
    'Diese Datei ist weder eine JSON- noch eine ZIP-Datei, oder sie ist beschädigt. Exportiere sie erneut.',
  'not-utf8': 'Diese Datei enthält Zeichen, die nicht UTF-8 sind. Exportiere sie erneut.',
  'cut-off': 'Diese Datei endet mittendrin. Lade sie erneut herunter oder exportiere sie erneut.',
  version:
    'Eine spätere Version von Ask-Next hat diese Datei geschrieben. Aktualisiere zuerst diesen Server.',
  zip: 'Diese ZIP-Datei ist beschädigt oder unvollständig. Lade sie erneut herunter.',
  encrypted:
    'Diese ZIP-Datei ist mit einem Passwort geschützt. Entpacke sie und importiere die JSON-Datei darin.',
  'unsafe-name':
    'Ein Dateiname in dieser ZIP-Datei zeigt aus ihr hinaus, deshalb wurde sie nicht gelesen.',
  entries: (values) =>
    `Diese ZIP-Datei hat mehr als ${limit(values)} Dateien. Importiere weniger auf einmal.`,
  unpacked: (values) =>
    `Die Unterhaltungen in dieser ZIP-Datei sind größer als ${limit(values)} MB. Importiere weniger auf einmal.`,
  ratio: (values) =>
    `Eine Datei in dieser ZIP-Datei entpackt sich auf mehr als das ${limit(values)}-Fache, deshalb wurde sie nicht gelesen.`,
  depth: (values) =>
    `Diese Datei ist mehr als ${limit(values)} Ebenen tief verschachtelt, deshalb wurde sie nicht gelesen.`,
  values: (values) =>
    `Eine Unterhaltung in dieser Datei hat mehr als ${limit(values)} Werte, deshalb wurde sie nicht gelesen.`,
  conversation: (values) =>
    `Eine Unterhaltung in dieser Datei ist größer als ${limit(values)} MB, deshalb wurde sie nicht gelesen.`,
  time: (values) =>
    `Diese Datei zu lesen dauert länger als ${limit(values)} Sekunden. Importiere sie auf der Seite oder in Teilen.`,
} satisfies SentencesOf<'unreadable-file'>;
