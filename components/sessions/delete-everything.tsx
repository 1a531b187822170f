import './delete-everything.css';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { closeModal, Modal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useDeleteEverything } from '@/lib/client/page/use-delete-everything';
import { TRASH_DAYS } from '@/lib/sessions/trash-days';

const WORD = 'delete';

/** Says what goes, and that it goes for good. A word has to be typed, so that no slip of a finger does it. */
export function DeleteEverything({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      className="delete-everything"
      labelledBy="delete-everything-title"
      describedBy="delete-everything-what"
      onClose={onClose}
    >
      <Confirmation />
    </Modal>
  );
}

function Confirmation() {
  const { deleteEverything, busy, problem } = useDeleteEverything();
  const [typed, setTyped] = useState('');
  const ready = typed.trim().toLowerCase() === WORD && !busy;
  return (
    <form
      className="delete-everything-content"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void deleteEverything();
      }}
    >
      <h2 id="delete-everything-title">Delete everything?</h2>
      <div id="delete-everything-what">
        <p>This deletes all that is yours on this server:</p>
        <ul>
          <li>every session, with all its messages and replies,</li>
          <li>every memory, with its history,</li>
          <li>what you deleted in the last {TRASH_DAYS} days and could still bring back,</li>
          <li>words that you typed and did not send, in this browser.</li>
        </ul>
        <p>
          It happens at once and <strong>cannot be undone</strong>. What you want to keep, export
          first.
        </p>
      </div>
      <label htmlFor="delete-everything-word">
        Type <strong>{WORD}</strong> to confirm
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
        <p className="delete-everything-problem" role="alert">
          Nothing is known to be deleted. <ProblemText problem={problem} />
        </p>
      )}
      <div className="delete-everything-buttons">
        <Button onClick={closeModal}>Cancel</Button>
        <Button type="submit" className="button button-danger" held={!ready}>
          {busy ? 'Deleting…' : 'Delete everything'}
        </Button>
      </div>
    </form>
  );
}
