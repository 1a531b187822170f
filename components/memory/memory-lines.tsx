import { useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { MemoryLineChange } from '@/lib/client/memory/memory-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly memory: string;
  readonly pinned: readonly string[];
  readonly busy: boolean;
  readonly onChange: (change: MemoryLineChange) => Promise<boolean>;
}

/** What is remembered, line by line. */
export function MemoryLines({ memory, pinned, busy, onChange }: Props) {
  const laterTexts = useLaterTexts();
  const list = useRef<HTMLUListElement>(null);
  const lines = memory.split('\n').map((line) => line.trim());
  const forgotten = useRef<string | null>(null);
  const change: Props['onChange'] = (lineChange) => {
    if ('forget' in lineChange) forgotten.current = memory;
    return onChange(lineChange);
  };
  useEffect(() => {
    if (forgotten.current === null || forgotten.current === memory) return;
    forgotten.current = null;
    // The row of a forgotten line is taken by the next one, and so is the focus; the last row is gone.
    if (!list.current?.contains(document.activeElement))
      list.current?.querySelector<HTMLElement>('li:last-child button:last-child')?.focus();
  }, [memory]);
  return (
    <ul ref={list} className="memory-lines" aria-label={laterTexts.memory.label}>
      {lines
        .filter((line) => line !== '')
        .map((line, index) => (
          <li key={index}>
            <Line line={line} isPinned={pinned.includes(line)} busy={busy} onChange={change} />
          </li>
        ))}
    </ul>
  );
}

interface LineProps extends Pick<Props, 'busy' | 'onChange'> {
  readonly line: string;
  readonly isPinned: boolean;
}

function Line({ line, isPinned, busy, onChange }: LineProps) {
  const laterTexts = useLaterTexts();
  const words = withoutBullet(line);
  return (
    <>
      <span dir="auto">{words}</span>
      <IconButton
        icon="pin"
        className="memory-pin"
        label={laterTexts.memory.pin(words)}
        title={isPinned ? laterTexts.memory.unpinTip : laterTexts.memory.pinTip}
        aria-pressed={isPinned}
        softDisabled={busy}
        onClick={() => void onChange(isPinned ? { unpin: line } : { pin: line })}
      />
      <IconButton
        icon="close"
        label={laterTexts.memory.forgetLine(words)}
        title={laterTexts.memory.forgetTip}
        softDisabled={busy}
        onClick={() => void onChange({ forget: line })}
      />
    </>
  );
}

/** The list has bullets of its own. */
export const withoutBullet = (line: string): string => line.replace(/^[-*•]\s+(?=\S)/, '');
