import type { UpstreamReason } from '@/lib/errors';
import type { Finish } from '@/lib/ports/model';

/** True for the finish reasons that servers send while more follows. */
export const isOpenEnd = (reason: unknown): boolean =>
  reason === null || reason === undefined || reason === '' || reason === 'null';

interface Failed {
  readonly failed: UpstreamReason;
  /** For the log. */
  readonly what: string;
}

/**
 * Normalizes a finish reason: OpenAI's, and those of others that gateways pass on. An unknown reason is a failure: a
 * partial reply must not count as complete.
 */
export function finishOf(reason: unknown): Finish | Failed {
  // Some say more after a colon.
  const [word = ''] = String(reason).toLowerCase().split(':');
  const mapped = FINISHES.get(word);
  if (mapped) return mapped;
  return FAILURES.has(word)
    ? { failed: 'failing', what: `the reply ended by ${word}` }
    : { failed: 'broken', what: 'unknown finish reason' };
}

const words = (finish: Finish, of: readonly string[]) => of.map((word) => [word, finish] as const);

const FINISHES: ReadonlyMap<string, Finish> = new Map([
  ...words('stop', ['stop', 'stopped', 'stop_sequence', 'end', 'end_turn', 'eos', 'eos_token']),
  ...words('stop', ['complete', 'completed', 'done', 'finish', 'finished', 'normal']),
  ...words('length', ['length', 'limit', 'max_tokens', 'max_output_tokens', 'model_length']),
  ...words('length', ['model_context_window_exceeded', 'max_length', 'token_limit', 'error_limit']),
  ...words('filter', ['content_filter', 'content_filtered', 'safety', 'refusal', 'recitation']),
  ...words('filter', [
    'prohibited_content',
    'blocklist',
    'spii',
    'sensitive',
    'error_toxic',
    'image_safety',
  ]),
  ...words('tool-calls', ['tool_calls', 'tool_use', 'function_call']),
]);

const FAILURES: ReadonlySet<string> = new Set([
  'abort',
  'aborted',
  'cancelled',
  'error',
  'insufficient_system_resource',
  'network_error',
]);
