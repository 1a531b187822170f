import { useId, type ComponentProps, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Choice } from '@/components/ui/choice';
import { isEdited, conflictWith } from '@/lib/client/memory/edited-text';
import type { MemoryActions } from '@/lib/client/memory/use-memory';
import { dropSaved, useEditedMemory } from '@/lib/client/memory/use-edited-memory';
import { MemorySize } from './memory-size';
import type { Remembered } from '@/lib/client/memory/memory-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  /** By which unsaved edits are kept. */
  readonly name: string;
  readonly words: { readonly label: string; readonly placeholder: string };
  readonly stored: Pick<Remembered, 'memory' | 'max_chars'>;
  /** What this editor stored last; undefined: nothing. */
  readonly own: string | null | undefined;
  readonly busy: boolean;
  readonly onSave: MemoryActions['save'];
  /** Told whether there are unsaved edits, with each one. */
  readonly onEdited?: (edited: boolean) => void;
  /** Closes the editor once edits are saved or discarded; without this it stays. */
  readonly onDone?: () => void;
  /** More buttons. */
  readonly children?: ReactNode;
}

export function MemoryEditor({ name, words, stored, own, busy, onSave, onDone, ...rest }: Props) {
  const id = useId();
  const { memory, max_chars: max } = stored;
  const [edited, setEdited] = useEditedMemory(name, memory ?? '', own === null ? '' : own);
  const { base, text } = edited;
  const canClose = onDone !== undefined && memory !== null;
  const theirs = conflictWith(edited, memory ?? '');
  const save = async (expected: string | null) => {
    if ((await onSave(text, expected)) && dropSaved(name, text)) onDone?.();
  };
  const drop = () => {
    setEdited({ base: memory ?? '', text: memory ?? '' });
    onDone?.();
  };
  return (
    <form
      className="memory-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save(base || null);
      }}
    >
      <label htmlFor={id}>{words.label}</label>
      <textarea
        id={id}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was just pressed
        autoFocus={canClose || own === null}
        value={text}
        rows={8}
        dir="auto"
        placeholder={words.placeholder}
        onChange={(event) => {
          setEdited({ base, text: event.target.value });
          rest.onEdited?.(true);
        }}
      />
      <MemorySize chars={text.trim().length} max={max} />
      {theirs === null ? (
        <Buttons
          changed={isEdited(edited)}
          busy={busy}
          fits={text.trim().length <= max}
          onDrop={drop}
          onClose={canClose ? onDone : undefined}
        >
          {rest.children}
        </Buttons>
      ) : (
        <Conflict theirs={theirs} busy={busy} onMine={() => void save(memory)} onTheirs={drop} />
      )}
    </form>
  );
}

interface ButtonsProps extends Pick<Props, 'busy' | 'children'> {
  readonly onClose: (() => void) | undefined;
  readonly changed: boolean;
  readonly fits: boolean;
  readonly onDrop: () => void;
}

function Buttons({ changed, busy, fits, onDrop, onClose, children }: ButtonsProps) {
  const laterTexts = useLaterTexts();
  return (
    <div className="memory-buttons">
      <Button
        type="submit"
        className="button button-primary"
        softDisabled={busy || !changed || !fits}
      >
        {laterTexts.memory.save}
      </Button>
      {changed && <Button onClick={onDrop}>{laterTexts.memory.discard}</Button>}
      {!changed && onClose && <Button onClick={onClose}>{laterTexts.memory.done}</Button>}
      {children}
    </div>
  );
}

interface ConflictProps extends Omit<ComponentProps<typeof Choice>, 'label' | 'children'> {
  /** What was stored elsewhere. */
  readonly theirs: string;
}

function Conflict({ theirs, ...choice }: ConflictProps) {
  const { memory } = useLaterTexts();
  return (
    <Choice {...choice} label={memory.changedElsewhere}>
      <p>{memory.changedMeanwhile}</p>
      <blockquote dir="auto">{theirs || <em>{memory.forgotten}</em>}</blockquote>
    </Choice>
  );
}
