import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { MemoryActions } from '@/lib/client/memory/use-memory';
import { hasUnsaved } from '@/lib/client/memory/use-edited-memory';
import { MemoryEditor } from './memory-editor';
import { MemoryLines } from './memory-lines';
import { MemorySize } from './memory-size';
import type { Remembered } from '@/lib/client/memory/memory-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessionId: string;
  readonly stored: Remembered;
  readonly own: string | null | undefined;
  readonly busy: boolean;
  readonly actions: Pick<MemoryActions, 'save' | 'change' | 'forget'>;
}

/** The memory line by line, or as text to edit. An empty one, or one with unsaved edits, begins as text. */
export function MemoryText({ sessionId, stored, own, busy, actions }: Props) {
  const laterTexts = useLaterTexts();
  const { memory } = stored;
  const { label, placeholderOff } = laterTexts.memory;
  const [opened, setOpened] = useState(() => hasUnsaved(sessionId));
  /** The editor was left: its focus goes to the button that opened it, once that is there. */
  const isLeft = useRef(false);
  const focusIfLeft = (button: HTMLButtonElement | null) => {
    if (!button || !isLeft.current) return;
    isLeft.current = false;
    button.focus();
  };
  const close = () => {
    isLeft.current = true;
    setOpened(false);
  };
  if (opened || memory === null) {
    return (
      <MemoryEditor
        name={sessionId}
        // Switched off, no reply adds to it.
        words={
          stored.available && stored.enabled
            ? laterTexts.memory
            : { label, placeholder: placeholderOff }
        }
        stored={stored}
        own={own}
        busy={busy}
        onSave={actions.save}
        onEdited={setOpened}
        onDone={close}
      />
    );
  }
  return (
    <section className="memory-text">
      <h3>{label}</h3>
      <MemorySize chars={stored.chars} max={stored.max_chars} />
      <MemoryLines memory={memory} pinned={stored.pinned} busy={busy} onChange={actions.change} />
      <div className="memory-buttons">
        <Button
          ref={focusIfLeft}
          onClick={() => {
            setOpened(true);
          }}
        >
          <Icon name="pencil" />
          {laterTexts.memory.edit}
        </Button>
        <Button className="button danger" softDisabled={busy} onClick={() => void actions.forget()}>
          <Icon name="trash" />
          {laterTexts.memory.forget}
        </Button>
      </div>
    </section>
  );
}
