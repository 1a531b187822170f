import type { Amount, Cost } from '../../parts/amount';
import { counted, grouped, money, seconds } from '../parts/numbers';
import { amount } from './amounts';

/** The page of what was used, and how much is left. */
export const usage = {
  title: 'Usage',
  whose: 'Whose usage',
  mine: 'Yours',
  everyone: 'Everybody’s',
  by: 'Group by',
  groups: { day: 'By day', model: 'By model', person: 'By person' },
  range: 'Time',
  days: (days: number) => (days === 365 ? '12 months' : `${grouped(days)} days`),
  between: (from: string, to: string) => `${from} to ${to}, days in UTC`,
  none: 'Nothing was used in this time.',
  csv: 'Download as CSV',
  columns: {
    day: 'Day',
    model: 'Model',
    person: 'Person',
    turns: 'Turns',
    failed: 'Failed',
    input: 'Tokens in',
    output: 'Tokens out',
    cost: 'Cost',
    first: 'First token',
    duration: 'Duration',
  },
  total: 'Total',
  table: { day: 'Usage by day', model: 'Usage by model', person: 'Usage by person' },
  deleted: 'Deleted people',
  visitor: 'A visitor',
  key: (name: string) => `Key ${name}`,
  count: grouped,
  time: (ms: number | null) => (ms === null ? '–' : seconds(ms)),
  unknown: 'unknown',
  unknownCost: (requests: number) =>
    `The cost of ${counted(requests, 'request', 'requests')} is unknown, because the model has no price. It is not in the sums; an operator can add prices (CHAT_PRICES).`,
  cost: ({ micros, isPart, currency }: Cost) => {
    if (micros === null) return 'unknown';
    return isPart ? `${money(micros, currency)} +` : money(micros, currency);
  },
  budgets: 'Budgets',
  budgetOf: {
    CHAT_PERSON_BUDGET: { day: 'Your budget for today', month: 'Your budget for this month' },
    CHAT_KEY_BUDGET: {
      day: 'The key’s budget for today',
      month: 'The key’s budget for this month',
    },
    CHAT_BUDGET: {
      day: 'The server’s budget for today',
      month: 'The server’s budget for this month',
    },
  },
  left: (left: number, limit: number, of: Amount) =>
    `${of.unit === 'money' ? amount(left, of) : grouped(left)} of ${amount(limit, of)} left`,
  reserved: (reserved: number, of: Amount) =>
    `${amount(reserved, of)} reserved for running replies`,
  renewed: {
    day: 'Renewed at midnight UTC.',
    month: 'Renewed on the first day of the next month (UTC).',
  },
};
