import { useEffect, useState } from 'react';
import type { Problem } from '@/lib/client/net/problem';
import { requestJson, type CallResult } from '@/lib/client/net/call';
import type { FoundText } from '@/lib/search/search';

/** What `GET /api/search` answers. */
interface Answer {
  readonly results: readonly FoundText[];
  readonly indexing?: true;
}

export interface Search {
  readonly status: 'idle' | 'searching' | 'done';
  /** While a search runs, the results of the previous one. */
  readonly results: readonly FoundText[];
  readonly isIndexing: boolean;
  readonly problem: Problem | null;
}

const NOTHING: Search = { status: 'idle', results: [], isIndexing: false, problem: null };
/** Debounce: a search starts after a pause in typing of this length. */
const PAUSE_MS = 120;

/** Searches as the person types, and aborts the request of an earlier query. */
export function useSearch(typed: string): Search {
  const q = typed.trim();
  const [last, setLast] = useState({ q: '', search: NOTHING });
  useEffect(() => {
    if (q === '') return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      void searchTexts(q, controller.signal).then((answer) => {
        if (answer) setLast({ q, search: searchOf(answer) });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [q]);
  if (q === '') return NOTHING;
  return last.q === q ? last.search : { ...last.search, status: 'searching' };
}

/** Null when it was aborted. */
const searchTexts = (q: string, signal: AbortSignal): Promise<CallResult<Answer> | null> =>
  requestJson<Answer>(`/api/search?${new URLSearchParams({ q }).toString()}`, { signal }).catch(
    (thrown: unknown) => {
      if (signal.aborted) return null;
      throw thrown;
    },
  );

const searchOf = (answer: CallResult<Answer>): Search =>
  answer.ok
    ? {
        status: 'done',
        results: answer.value.results,
        isIndexing: answer.value.indexing ?? false,
        problem: null,
      }
    : { ...NOTHING, status: 'done', problem: answer.problem };
