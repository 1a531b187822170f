import { useMemo } from 'react';
import { Switch } from '@/components/ui/switch';
import { messageAddress } from '@/lib/client/search/use-jump';
import { sessionMemory } from '@/lib/client/memory/memory-calls';
import { useMemory } from '@/lib/client/memory/use-memory';
import { MemoryHistory } from './memory-history';
import { MemoryProblem } from './memory-problem';
import { MemoryText } from './memory-text';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessionId: string;
  readonly version: number;
  readonly onClose: () => void;
}

export function MemoryBody({ sessionId, version, onClose }: Props) {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
  const calls = useMemo(() => sessionMemory(sessionId), [sessionId]);
  const { stored, own, revisions, limit, busy, problem, saved, ...actions } = useMemory(
    calls,
    version,
  );
  const done = stored?.memory === null ? laterTexts.memory.isForgotten : laterTexts.memory.saved;
  return (
    <>
      <output className="visually-hidden">{saved && done}</output>
      {problem && <MemoryProblem problem={problem} onReload={() => void actions.reload()} />}
      {!stored && busy && <p className="memory-about">{texts.controls.loading}</p>}
      {stored && (
        <>
          {stored.available ? (
            <>
              <p className="memory-about">{laterTexts.memory.about}</p>
              <Switch
                label={laterTexts.memory.enable}
                checked={stored.enabled}
                softDisabled={busy}
                onChange={(enabled) => void actions.enable(enabled)}
              />
            </>
          ) : (
            <p className="memory-off">{laterTexts.memory.notHere}</p>
          )}
          <MemoryText
            sessionId={sessionId}
            stored={stored}
            own={own}
            busy={busy}
            actions={actions}
          />
          <MemoryHistory
            revisions={revisions}
            limit={limit}
            busy={busy}
            actions={actions}
            addressOf={(id) => messageAddress(sessionId, id)}
            onClose={onClose}
          />
        </>
      )}
    </>
  );
}
