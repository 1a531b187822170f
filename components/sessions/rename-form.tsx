import './rename.css';
import { useRef, useState } from 'react';
import { TITLE_MAX } from '@/lib/sessions/title';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly title: string;
  /** Called once, with null when the title stays; `byKey`: the focus was still in the form. */
  readonly onDone: (title: string | null, byKey: boolean) => void;
}

/** Enter and blur save the title, Escape keeps the old one, as does a blank one. */
export function RenameForm({ title, onDone }: Props) {
  const texts = useTexts();
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
        // The user has just asked to type here.
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
          // Escape must not close anything else.
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
