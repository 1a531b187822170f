import type { FieldMistake } from '@/lib/errors';
import type { PageFailure } from '@/lib/public-failure';
import type { LocalKind } from '@/lib/texts/parts/sentences';

/** Why something did not work. Its sentence is made where it is shown. `code` 0: the server could not be reached. */
export interface Problem extends PageFailure {
  /** The request id, by which an operator finds it in the log. */
  readonly ref: string | null;
  /** A retry before this time is pointless; milliseconds since 1970. */
  readonly retryAt: number | null;
}

/** A problem detected in the browser. */
export const localProblem = (kind: LocalKind): Problem => ({
  kind,
  code: 0,
  ref: null,
  retryAt: null,
});

export const UNREACHABLE: Problem = localProblem('unreachable');

/** Without a response the request may or may not have arrived. */
export const isUnanswered = (problem: Problem | null): boolean => problem?.code === 0;

type Fields = Readonly<Record<string, unknown>>;

const string = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Reads a failure from an error's body, a terminal frame or the browser's storage. */
export function readFailure(fields: Fields, code: number): PageFailure {
  const limit = fields['limit'];
  // Storage of an earlier version has the sentence itself.
  const sentence = string(fields['error'] ?? fields['message']);
  const values = {
    reason: string(fields['reason']),
    model: string(fields['model']),
    encoding: string(fields['encoding']),
    window: string(fields['window']),
    mistake: string(fields['mistake']) ?? firstMistake(fields['details'])?.msg,
    field: string(firstMistake(fields['details'])?.loc?.at(-1)),
    limit: typeof limit === 'number' ? limit : undefined,
    error: sentence,
  };
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return { kind: string(fields['kind']) ?? 'unknown', code, ...Object.fromEntries(present) };
}

/** What is wrong with the first wrong field, where one is named. */
function firstMistake(details: unknown): Partial<FieldMistake> | null {
  const [first] = Array.isArray(details) ? (details as (Partial<FieldMistake> | null)[]) : [];
  return first ?? null;
}

/** The stored value is no longer the expected one. */
export const isConflict = ({ code }: Problem): boolean => code === 409;

export const canRetry = ({ code }: Problem): boolean => ![400, 404, 413, 421, 422].includes(code);

/** The server would answer every retry the same: only the user can change that. */
export const isRefusal = ({ code }: Problem): boolean => code >= 400 && code < 500 && code !== 429;
