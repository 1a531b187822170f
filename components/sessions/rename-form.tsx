import './rename.css';
import { useRef, useState } from 'react';
import { TITLE_MAX } from '@/lib/sessions/title';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly title: string;
  /** Called once, with null when the name stays; `byKey`: the focus was here until now. */
  readonly onDone: (title: string | null, byKey: boolean) => void;
}

/** Enter and leaving the field keep the new name, Escape the old one. A blank name is no name. */
export function RenameForm({ title, onDone }: Props) {
  const [text, setText] = useState(title);
  const done = useRef(false);
  const finish = (next: string | null, byKey: boolean) => {
    if (done.current) return;
    done.current = true;
    const trimmed = next?.trim();
    onDone(trimmed && trimmed !== title ? trimmed : null, byKey);
  };
  return (
    <form
      className="rename-form"
      onSubmit={(event) => {
        event.preventDefault();
        finish(text, true);
      }}
    >
      <input
        // The person has just asked to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the name that was just activated
        autoFocus
        aria-label={texts.sessions.name}
        dir="auto"
        value={text}
        maxLength={TITLE_MAX}
        onFocus={(event) => {
          event.target.select();
        }}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // It closes nothing else.
          event.preventDefault();
          finish(null, true);
        }}
        onBlur={() => {
          finish(text, false);
        }}
      />
    </form>
  );
}
