import type { Amount, Budget } from '../../parts/amount';
import { percent } from '../parts/numbers';
import { amount } from './amounts';

export const budgets = {
  nearly: (share: number, left: number, of: Amount & Budget) => {
    const period = of.window === 'month' ? 'diesen Monat' : 'heute';
    const budget = `${of.isShared ? 'des Budgets dieses Servers' : 'deines Budgets'} für ${period}`;
    return `${percent(Math.floor(share * 100) / 100)} ${budget} sind verbraucht, ${amount(left, of)} übrig.`;
  },
  usedUp: {
    day: (isShared: boolean) =>
      `${isShared ? 'Das Budget dieses Servers' : 'Dein Budget'} für heute ist verbraucht. Um Mitternacht (UTC) beginnt ein neues.`,
    month: (isShared: boolean) =>
      `${isShared ? 'Das Budget dieses Servers' : 'Dein Budget'} für diesen Monat ist verbraucht. Am ersten Tag des nächsten Monats (UTC) beginnt ein neues.`,
  },
};
