import { useState } from 'react';
import { Icon } from '@/components/ui/icon';

interface Props {
  readonly memory: string | null;
  readonly busy: boolean;
  readonly onSave: (memory: string) => Promise<void>;
  readonly onForget: () => Promise<void>;
}

export function MemoryEditor({ memory, busy, onSave, onForget }: Props) {
  const [text, setText] = useState(memory ?? '');
  const changed = text.trim() !== (memory ?? '');
  return (
    <form
      className="memory-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(text);
      }}
    >
      <label htmlFor="memory-text">What is remembered</label>
      <textarea
        id="memory-text"
        value={text}
        rows={8}
        placeholder="Nothing yet. After a reply the model writes here what is worth remembering, or write it yourself."
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <div className="memory-buttons">
        <button type="submit" className="button button-primary" disabled={busy || !changed}>
          Save
        </button>
        {changed && (
          <button
            type="button"
            className="button"
            onClick={() => {
              setText(memory ?? '');
            }}
          >
            Discard changes
          </button>
        )}
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
