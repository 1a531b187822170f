import type { Amount, Cost } from '../../parts/amount';
import { counted, grouped, money, seconds } from '../parts/numbers';
import { amount } from './amounts';

export const usage = {
  title: 'Verbrauch',
  whose: 'Wessen Verbrauch',
  mine: 'Dein Verbrauch',
  everyone: 'Verbrauch aller',
  by: 'Gruppieren',
  groups: { day: 'Nach Tag', model: 'Nach Modell', person: 'Nach Person' },
  range: 'Zeitraum',
  days: (days: number) => (days === 365 ? '12 Monate' : `${grouped(days)} Tage`),
  between: (from: string, to: string) => `${from} bis ${to}, Tage in UTC`,
  none: 'In diesem Zeitraum wurde nichts verbraucht.',
  csv: 'Als CSV herunterladen',
  columns: {
    day: 'Tag',
    model: 'Modell',
    person: 'Person',
    turns: 'Antworten',
    failed: 'Fehlgeschlagen',
    input: 'Eingabe-Tokens',
    output: 'Ausgabe-Tokens',
    cost: 'Kosten',
    first: 'Erstes Token',
    duration: 'Dauer',
  },
  total: 'Summe',
  table: {
    day: 'Verbrauch nach Tag',
    model: 'Verbrauch nach Modell',
    person: 'Verbrauch nach Person',
  },
  deleted: 'Gelöschte Personen',
  visitor: 'Ein Besucher',
  key: (name: string) => `Schlüssel ${name}`,
  count: grouped,
  time: (ms: number | null) => (ms === null ? '–' : seconds(ms)),
  unknown: 'unbekannt',
  unknownCost: (requests: number) =>
    `Die Kosten von ${counted(requests, 'Anfrage', 'Anfragen')} sind unbekannt, weil das Modell keinen Preis hat. Sie fehlen in den Summen; ein Betreiber kann Preise angeben (CHAT_PRICES).`,
  cost: ({ micros, isPart, currency }: Cost) => {
    if (micros === null) return 'unbekannt';
    return isPart ? `${money(micros, currency)} +` : money(micros, currency);
  },
  budgets: 'Budgets',
  budgetOf: {
    CHAT_PERSON_BUDGET: {
      day: 'Dein Budget für heute',
      month: 'Dein Budget für diesen Monat',
    },
    CHAT_KEY_BUDGET: {
      day: 'Das Budget des Schlüssels für heute',
      month: 'Das Budget des Schlüssels für diesen Monat',
    },
    CHAT_BUDGET: {
      day: 'Das Budget dieses Servers für heute',
      month: 'Das Budget dieses Servers für diesen Monat',
    },
  },
  left: (left: number, limit: number, of: Amount) =>
    `${of.unit === 'money' ? amount(left, of) : grouped(left)} von ${amount(limit, of)} übrig`,
  reserved: (reserved: number, of: Amount) =>
    `${amount(reserved, of)} für laufende Antworten reserviert`,
  renewed: {
    day: 'Um Mitternacht (UTC) beginnt ein neues.',
    month: 'Am ersten Tag des nächsten Monats (UTC) beginnt ein neues.',
  },
};
