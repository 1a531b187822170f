import { compact, counted, grouped, percent, seconds } from './parts/numbers';

export const facts = {
  line: (model: string | null, tokens: number | null, totalMs: number | null, time: string) =>
    [
      model,
      tokens !== null && counted(tokens, 'Token', 'Tokens'),
      totalMs !== null && seconds(totalMs),
      time,
    ]
      .filter(Boolean)
      .join(' · '),
  of: 'Angaben zur Antwort:',
  model: 'Modell',
  tokensIn: 'Eingabe-Tokens',
  tokensOut: 'Ausgabe-Tokens',
  firstToken: 'Zeit bis zum ersten Token',
  total: 'Gesamtzeit',
  ended: 'Beendet',
  written: 'Geschrieben',
  finish: {
    length: 'an der Längengrenze',
    filter: 'von einem Inhaltsfilter',
    'tool-calls': 'bei einem Werkzeugaufruf',
  },
  tokens: grouped,
  time: seconds,
  pill: {
    label: 'Tokens dieses Chats',
    count: compact,
    unit: 'Tokens',
    share: percent,
    session: (tokens: number) =>
      `Die Antworten dieses Chats haben ${counted(tokens, 'Token', 'Tokens')} verbraucht, die Prompts mitgezählt.`,
    context: (tokens: number, window: number, share: number) =>
      `Der letzte Prompt und seine Antwort belegen ${grouped(tokens)} der ${grouped(window)} Tokens, die das Modell lesen kann: ${percent(share)}.`,
  },
};

export const prompts = {
  title: 'Was das Modell gesehen hat',
  close: 'Schließen',
  about:
    'Die Anfrage, aus der diese Antwort entstand, genau wie gesendet. Spätere Änderungen stehen hier nicht.',
  continued: (at: number, of: number) => `Anfrage ${String(at)} von ${String(of)}`,
  system: 'System-Prompt',
  memory: 'Gedächtnis',
  forgotten: 'Der hier gesendete Text wurde inzwischen vergessen.',
  noMemory: 'Es wurde kein Gedächtnis gesendet.',
  exchanges: 'Nachrichten',
  user: 'Du',
  assistant: 'Modell',
  omitted: (messages: number) =>
    messages === 0
      ? 'Nichts wurde ausgelassen.'
      : `${counted(messages, 'frühere Nachricht wurde', 'frühere Nachrichten wurden')} ausgelassen, weil kein Platz mehr war.`,
  facts: 'Anfrage',
  model: 'Modell',
  tokens: 'Eingabe-Tokens',
  tokenCount: grouped,
  notCounted: 'nicht gezählt',
};
