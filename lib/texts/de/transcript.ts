import { counted, grouped } from './parts/numbers';

export const transcript = {
  messages: 'Nachrichten',
  you: 'Du',
  showMore: 'Mehr anzeigen',
  showLess: 'Weniger anzeigen',
  reply: 'Antwort',
  latest: 'Zum neuesten Stand',
  earlier: {
    idle: 'Frühere Nachrichten anzeigen',
    loading: 'Wird geladen…',
    failed: 'Laden fehlgeschlagen. Erneut versuchen',
  },
  reasoning: {
    thinking: (seconds: number | null) =>
      seconds === null ? 'Denkt nach…' : `Denkt nach… ${grouped(seconds)} s`,
    thought: (seconds: number | null) =>
      seconds === null ? 'Gedankengang' : `Hat ${grouped(seconds)} s nachgedacht`,
  },
  sources: (count: number) => counted(count, 'Quelle', 'Quellen'),
  notBegun: 'Die Antwort hat noch nicht begonnen',
  waiting: 'Das Modell lässt noch auf sich warten…',
  lost: 'Verbindung unterbrochen. Sie wird wiederhergestellt…',
  continue: 'Fortsetzen',
  retry: 'Erneut versuchen',
  edit: 'Bearbeiten',
  dismiss: 'Verwerfen',
  withoutReply: 'Nachricht ohne Antwort',
  olderFailures: (count: number) =>
    `${counted(count, 'frühere Nachricht', 'frühere Nachrichten')} ohne Antwort`,
  omitted: (count: number) =>
    count === 1
      ? `${grouped(count)} frühere Nachricht passte nicht mehr hinein und ging nicht ans Modell`
      : `${grouped(count)} frühere Nachrichten passten nicht mehr hinein und gingen nicht ans Modell`,
  status: {
    lost: 'Verbindung unterbrochen. Sie wird wiederhergestellt.',
    writing: 'Die Antwort wird geschrieben.',
    stopped: 'Die Antwort wurde angehalten.',
    reply: (text: string) => `Antwort: ${text}`,
    longReply: (text: string) => `Antwort: ${text}… und mehr.`,
  },
};

export const markdown = {
  code: (language: string) => `Code: ${language}`,
  plainCode: 'Text',
  wrapCode: 'Lange Zeilen umbrechen',
  numberCode: 'Zeilennummern',
  saveCode: (file: string) => `Als ${file} herunterladen`,
  allLines: (count: number) => `Alle ${grouped(count)} Zeilen anzeigen`,
  fewerLines: 'Weniger Zeilen anzeigen',
  diagram: {
    language: 'Mermaid',
    name: 'Diagramm',
    picture: (title: string) => (title ? `Diagramm: ${title}` : 'Diagramm'),
    source: 'Quelltext anzeigen',
    problem: (reason: string | null) =>
      reason === null
        ? 'Dieses Diagramm kann hier nicht gezeichnet werden. Sein Quelltext:'
        : `Dieses Diagramm hat einen Fehler: ${reason}`,
  },
  table: 'Tabelle',
  copyTable: 'Als CSV kopieren',
  image: 'Bild',
  remoteImage: (name: string, host: string | null) =>
    `Bild: ${name || 'ohne Titel'}${host === null ? '' : ` (${host})`}`,
  footnotes: 'Fußnoten',
  footnote: (number: string) => `Fußnote ${number}`,
  backToMark: (number: number) => `Zurück zum Fußnotenzeichen ${String(number)}`,
  taskDone: 'Erledigt',
  taskOpen: 'Offen',
  asWritten:
    'Teile dieser Antwort sind zum Formatieren zu groß und werden als einfacher Text gezeigt.',
  outOfDate: 'Es gibt eine neue Version. Lade die Seite neu, um Antworten formatiert zu sehen.',
};
