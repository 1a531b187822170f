import { useEffect, useRef, useState } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import { refreshPage } from '@/lib/client/page/refresh-page';
import { sessionAt } from '@/lib/client/page/session-address';
import { UNREACHABLE, type Problem } from '@/lib/client/net/problem';
import { failureOf } from '@/lib/errors';
import { pageFailure } from '@/lib/public-failure';
import { sentenceIn } from '@/lib/texts/parts/sentences';
import type { LaterTexts } from '@/lib/texts/texts';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { ImportLine } from '@/lib/sessions/import/import-report';
import { importFile, ImportFailed } from './import-file';

/** `report`: nothing is stored yet. `done`: everything is stored, or the import was cancelled. */
type Phase = 'choose' | 'reading' | 'report' | 'importing' | 'done';

export interface FileImport {
  readonly phase: Phase;
  readonly fileName: string;
  /** Of the report, and then of the import. */
  readonly lines: readonly ImportLine[];
  /** How many conversations the report found. */
  readonly total: number;
  readonly cancelled: boolean;
  readonly problem: Problem | null;
  readonly read: (file: File) => Promise<void>;
  readonly run: () => Promise<void>;
  readonly cancel: () => void;
}

/** Reads a file, reports its content, imports it on request, and shows the result. Closing the dialog cancels. */
export function useImport(): FileImport {
  const client = useClientState();
  const texts = useLaterTexts();
  const [file, setFile] = useState<File | null>(null);
  const [phase, setPhase] = useState<Phase>('choose');
  const [lines, setLines] = useState<readonly ImportLine[]>([]);
  const [total, setTotal] = useState(0);
  const [cancelled, setCancelled] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const go = async (chosen: File, dryRun: boolean): Promise<boolean> => {
    const controller = new AbortController();
    running.current = controller;
    setProblem(null);
    setLines([]);
    setCancelled(false);
    const found: ImportLine[] = [];
    try {
      for await (const line of importFile(chosen, { dryRun, signal: controller.signal })) {
        found.push(line);
        setLines([...found]);
      }
      return true;
    } catch (thrown) {
      if (controller.signal.aborted) setCancelled(true);
      else setProblem(problemOf(texts, thrown));
      return false;
    } finally {
      if (dryRun) setTotal(found.length);
    }
  };

  return {
    phase,
    fileName: file?.name ?? '',
    lines,
    total,
    cancelled,
    problem,
    async read(chosen) {
      setFile(chosen);
      setPhase('reading');
      setPhase((await go(chosen, true)) ? 'report' : 'choose');
    },
    async run() {
      if (!file) return;
      setPhase('importing');
      await go(file, false);
      setPhase('done');
      await refreshPage(client, sessionAt(window.location.pathname));
    },
    cancel() {
      running.current?.abort();
    },
  };
}

function problemOf({ unreadableFile }: LaterTexts, thrown: unknown): Problem {
  if (thrown instanceof ImportFailed) return thrown.problem;
  const failure = failureOf(thrown);
  if (failure.kind !== 'unreadable-file') return UNREACHABLE;
  const shown = pageFailure(failure);
  const error = sentenceIn({ 'unreadable-file': unreadableFile }, shown);
  return { ...shown, ...(error !== null && { error }), ref: null, retryAt: null };
}
