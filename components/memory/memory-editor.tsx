import { Button } from '@/components/ui/button';
import { Choice } from '@/components/ui/choice';
import { Icon } from '@/components/ui/icon';
import { isEdited, conflictWith } from '@/lib/client/memory/edited-text';
import { useEditedMemory } from '@/lib/client/memory/use-edited-memory';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly sessionId: string;
  readonly memory: string | null;
  /** What this editor stored last; undefined: nothing. */
  readonly own: string | null | undefined;
  readonly busy: boolean;
  /** `seen`: the memory that this replaces. */
  readonly onSave: (memory: string, seen: string | null) => Promise<void>;
  readonly onForget: () => Promise<void>;
}

export function MemoryEditor({ sessionId, memory, own, busy, onSave, onForget }: Props) {
  const stored = memory ?? '';
  const [edited, setEdited] = useEditedMemory(sessionId, stored, own === null ? '' : own);
  const { base, text } = edited;
  const changed = isEdited(edited);
  const theirs = conflictWith(edited, stored);
  const drop = () => {
    setEdited({ base: stored, text: stored });
  };
  return (
    <form
      className="memory-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(text, base || null);
      }}
    >
      <label htmlFor="memory-text">{texts.memory.label}</label>
      <textarea
        id="memory-text"
        value={text}
        rows={8}
        dir="auto"
        placeholder={texts.memory.placeholder}
        onChange={(event) => {
          setEdited({ base, text: event.target.value });
        }}
      />
      {theirs !== null && (
        <Choice
          label={texts.memory.changedElsewhere}
          busy={busy}
          onMine={() => void onSave(text, memory)}
          onTheirs={drop}
        >
          <p>{texts.memory.changedMeanwhile}</p>
          <blockquote dir="auto">{theirs || <em>{texts.memory.forgotten}</em>}</blockquote>
        </Choice>
      )}
      <div className="memory-buttons">
        {theirs === null && <SaveButtons changed={changed} busy={busy} onDrop={drop} />}
        <Button
          className="button danger"
          held={busy || memory === null}
          onClick={() => void onForget()}
        >
          <Icon name="trash" />
          {texts.memory.forget}
        </Button>
      </div>
    </form>
  );
}

interface SaveProps {
  readonly changed: boolean;
  readonly busy: boolean;
  readonly onDrop: () => void;
}

function SaveButtons({ changed, busy, onDrop }: SaveProps) {
  return (
    <>
      <Button type="submit" className="button button-primary" held={busy || !changed}>
        {texts.memory.save}
      </Button>
      {changed && <Button onClick={onDrop}>{texts.memory.discard}</Button>}
    </>
  );
}
