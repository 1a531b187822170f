import './delete-everything.css';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useDeleteEverything } from '@/lib/client/page/use-delete-everything';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

import { MarkedText } from '@/components/ui/marked-text';

/** Deletes all of the user's data permanently. Asks for a typed word, to prevent accidents. */
export function DeleteEverything({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      className="delete-everything"
      labelledBy="delete-everything-title"
      describedBy="delete-everything-what"
      onClose={onClose}
    >
      <Confirmation />
    </Dialog>
  );
}

function Confirmation() {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
  const { deleteEverything, busy, problem } = useDeleteEverything();
  const [typed, setTyped] = useState('');
  const { word } = laterTexts.trash.everything;
  const ready = typed.trim().toLowerCase() === word && !busy;
  return (
    <form
      className="dialog-content"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void deleteEverything();
      }}
    >
      <h2 id="delete-everything-title">{laterTexts.trash.everything.title}</h2>
      <div id="delete-everything-what">
        <p>{laterTexts.trash.everything.what}</p>
        <ul>
          {laterTexts.trash.everything.parts.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
        <p>
          <MarkedText text={laterTexts.trash.everything.forGood} />
        </p>
      </div>
      <label htmlFor="delete-everything-word">
        <MarkedText text={laterTexts.trash.everything.confirm(word)} />
      </label>
      <input
        id="delete-everything-word"
        value={typed}
        autoCapitalize="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="done"
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      {problem && (
        <p className="dialog-problem" role="alert">
          {laterTexts.trash.everything.unknown} <ProblemText problem={problem} />
        </p>
      )}
      <div className="dialog-buttons">
        <Button onClick={closeModal}>{texts.controls.cancel}</Button>
        <Button type="submit" className="button button-danger" softDisabled={!ready}>
          {busy ? laterTexts.trash.everything.running : laterTexts.trash.everything.run}
        </Button>
      </div>
    </form>
  );
}
