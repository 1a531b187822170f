import { TOKENS_MAX } from './message';
import type { Usage } from '@/lib/ports/model';

/** What a reply cost; of a continued one, all its turns together. Null: unknown. */
export interface ReplyFacts {
  readonly usage: Usage | null;
  /** From the start of its first turn to the first token. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
}

/** The facts of a reply after another turn continued it. A sum of which one part is unknown is unknown. */
export const continuedFacts = (before: ReplyFacts, next: ReplyFacts): ReplyFacts => ({
  usage: before.usage && next.usage && sumOf(before.usage, next.usage),
  firstTokenMs: before.firstTokenMs,
  totalMs: before.totalMs === null || next.totalMs === null ? null : before.totalMs + next.totalMs,
});

const sumOf = (a: Usage, b: Usage): Usage => ({
  prompt_tokens: sum(a.prompt_tokens, b.prompt_tokens),
  completion_tokens: sum(a.completion_tokens, b.completion_tokens),
  total_tokens: sum(a.total_tokens, b.total_tokens),
});

/** At most what a database stores: an upstream may count wrongly. */
const sum = (a: number, b: number): number => Math.min(a + b, TOKENS_MAX);
