import { percent } from '../numbers';
import { amount, type Amount } from './amounts';

/** In the composer, once most of a budget is used. */
export const budgets = {
  nearly: (share: number, left: number, of: Amount & { readonly window: 'day' | 'month' }) => {
    const period = of.window === 'month' ? 'this month' : 'today';
    return `${percent(Math.floor(share * 100) / 100)} of your budget for ${period} is used: ${amount(left, of)} left.`;
  },
  usedUp: {
    day: 'Your budget for today is used up. It is renewed at midnight UTC.',
    month:
      'Your budget for this month is used up. It is renewed on the first day of the next month (UTC).',
  },
};
