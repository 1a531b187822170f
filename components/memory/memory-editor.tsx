import { useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { isEdited, meet, writtenElsewhere } from '@/lib/client/edited-text';
import { MemoryChoice } from './memory-choice';

interface Props {
  readonly memory: string | null;
  readonly busy: boolean;
  /** `seen`: the memory that this takes the place of. */
  readonly onSave: (memory: string, seen: string | null) => Promise<void>;
  readonly onForget: () => Promise<void>;
}

export function MemoryEditor({ memory, busy, onSave, onForget }: Props) {
  const stored = memory ?? '';
  const [edited, setEdited] = useState({ base: stored, text: stored });
  const met = meet(edited, stored);
  if (met !== edited) setEdited(met);
  const { base, text } = met;
  const changed = isEdited(met);
  const theirs = writtenElsewhere(met, stored);
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
      <label htmlFor="memory-text">What is remembered</label>
      <textarea
        id="memory-text"
        value={text}
        rows={8}
        placeholder="Nothing yet. After a reply the model writes here what is worth remembering, or write it yourself."
        onChange={(event) => {
          setEdited({ base, text: event.target.value });
        }}
      />
      {theirs !== null && (
        <MemoryChoice
          theirs={theirs}
          busy={busy}
          onMine={() => void onSave(text, memory)}
          onTheirs={drop}
        />
      )}
      <div className="memory-buttons">
        {theirs === null && <SaveButtons changed={changed} busy={busy} onDrop={drop} />}
        <button
          type="button"
          className="button danger"
          disabled={busy || memory === null}
          onClick={() => void onForget()}
        >
          <Icon name="trash" />
          Forget
        </button>
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
      <button type="submit" className="button button-primary" disabled={busy || !changed}>
        Save
      </button>
      {changed && (
        <button type="button" className="button" onClick={onDrop}>
          Discard changes
        </button>
      )}
    </>
  );
}
