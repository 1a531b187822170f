import { numbersIn } from '../../parts/numbers';

export const { grouped, counted, compact, percent, seconds, money } = numbersIn('en');
