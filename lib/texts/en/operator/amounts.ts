import type { Amount } from '../../parts/amount';
import { counted, money } from '../parts/numbers';

export const amount = (value: number, { unit, currency }: Amount): string =>
  unit === 'money' ? money(value, currency) : counted(value, 'token', 'tokens');
