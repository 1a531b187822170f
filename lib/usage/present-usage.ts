import type { BudgetState } from './budget';
import type { Group, Sums } from './usage-store';

/** The known part of a cost; null when none of it is known. */
export const knownCost = ({
  micros,
  unpriced,
}: Pick<Sums, 'micros' | 'unpriced'>): number | null =>
  micros === 0 && unpriced > 0 ? null : micros;

const mean = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round(sum / count);

export const presentSums = (sums: Sums) => ({
  turns: sums.turns,
  failed: sums.failed,
  input_tokens: sums.input,
  output_tokens: sums.output,
  cost_micros: knownCost(sums),
  unpriced: sums.unpriced,
  first_token_ms: mean(sums.firstMs, sums.firsts),
  total_ms: mean(sums.totalMs, sums.totals),
});

export type PresentedSums = ReturnType<typeof presentSums>;

/** A row of a group: its day, model or owner, and the name of an owner that has one. */
export const presentRow = (
  by: Group,
  { of, ...sums }: Sums & { readonly of: string },
  names: ReadonlyMap<string, string>,
) => {
  const name = names.get(of);
  return { [by]: of, ...(by === 'person' && name && { name }), ...presentSums(sums) };
};

/** What is left of a budget, with what running replies may use taken off. */
export const leftOf = ({
  limit,
  used,
  reserved,
}: Pick<BudgetState, 'limit' | 'used' | 'reserved'>): number =>
  Math.max(0, limit - used - reserved);

export const presentBudget = (state: BudgetState) => ({
  budget: state.budget,
  unit: state.unit,
  window: state.window,
  limit: state.limit,
  used: state.used,
  reserved: state.reserved,
  left: leftOf(state),
  resets_at: state.resetsAt.toISOString().replace('Z', '+00:00'),
});
