import { ProblemText } from '@/components/ui/problem-text';
import { Switch } from '@/components/ui/switch';
import type { StoredMemory } from '@/lib/client/net/api';
import type { Problem } from '@/lib/client/net/problem';
import { useMemory } from '@/lib/client/memory/use-memory';
import { MemoryEditor } from './memory-editor';
import { MemoryHistory } from './memory-history';
import { texts } from '@/lib/texts/texts';

export function MemoryBody({ sessionId, version }: { sessionId: string; version: number }) {
  const { stored, own, revisions, busy, problem, saved, ...actions } = useMemory(
    sessionId,
    version,
  );
  return (
    <>
      <output className="visually-hidden">{saved && savedWords(stored)}</output>
      {problem && <MemoryProblem problem={problem} onReload={() => void actions.reload()} />}
      {!stored && busy && <p className="memory-about">{texts.controls.loading}</p>}
      {stored && (
        <>
          <Switch
            label={texts.memory.enable}
            checked={stored.enabled}
            held={busy}
            onChange={(enabled) => void actions.enable(enabled)}
          />
          <MemoryEditor
            sessionId={sessionId}
            memory={stored.memory}
            own={own}
            busy={busy}
            onSave={actions.save}
            onForget={actions.forget}
          />
          <MemoryHistory
            revisions={revisions}
            busy={busy}
            onRestore={(memory) => actions.restore(memory, stored.memory)}
            onForget={actions.forgetHistory}
          />
        </>
      )}
    </>
  );
}

const savedWords = (stored: StoredMemory | null): string =>
  stored?.memory === null ? texts.memory.isForgotten : texts.memory.saved;

function MemoryProblem({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  return (
    <div className="memory-problem" role="alert">
      <p>
        <ProblemText problem={problem} />
      </p>
      <button type="button" className="button" onClick={onReload}>
        {texts.controls.reload}
      </button>
    </div>
  );
}
