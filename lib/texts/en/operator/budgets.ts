import { percent } from '../parts/numbers';
import type { Amount, Budget } from '../../parts/amount';
import { amount } from './amounts';

const whose = (isShared: boolean) => (isShared ? 'The server’s' : 'Your');

/** In the composer, once most of a budget is used. */
export const budgets = {
  nearly: (share: number, left: number, of: Amount & Budget) => {
    const period = of.window === 'month' ? 'this month' : 'today';
    const budget = `${whose(of.isShared).toLowerCase()} budget for ${period}`;
    return `${percent(Math.floor(share * 100) / 100)} of ${budget} is used: ${amount(left, of)} left.`;
  },
  usedUp: {
    day: (isShared: boolean) =>
      `${whose(isShared)} budget for today is used up. It is renewed at midnight UTC.`,
    month: (isShared: boolean) =>
      `${whose(isShared)} budget for this month is used up. It is renewed on the first day of the next month (UTC).`,
  },
};
