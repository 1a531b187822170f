import './tags-dialog.css';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { useBulk } from '@/lib/client/sessions/use-bulk';
import { useTagChoices, type TagChoice } from '@/lib/client/sessions/use-tag-choices';
import type { ListedSession } from '@/lib/page/session-page';
import { TAG_MAX, TAGS_MAX } from '@/lib/sessions/tags/tags';
import { shownTitle } from '@/lib/sessions/title';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';

export interface TagsDialogProps {
  readonly sessions: readonly Pick<ListedSession, 'id' | 'title' | 'opening' | 'tags'>[];
  readonly onClose: () => void;
}

/** Edits the tags of one session, or of many: only what is touched changes. */
export function TagsDialog({ sessions, onClose }: TagsDialogProps) {
  const texts = useTexts();
  const { tagging } = useLaterTexts();
  const id = useId();
  const change = useBulk();
  const { choices, edit, add, choose } = useTagChoices(sessions);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [only] = sessions.length === 1 ? sessions : [];
  const chosen = edit(typed);
  const isChanged = chosen.add.length + chosen.remove.length > 0;
  const isFull =
    Boolean(only) && (choices ?? []).filter(({ share }) => share === 'all').length >= TAGS_MAX;
  const save = async () => {
    setBusy(true);
    const ids = sessions.map((session) => session.id);
    const done = !isChanged || (await change(ids, { action: 'tag', ...chosen }));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog className="tags-dialog" labelledBy={id} onClose={onClose}>
      <form
        className="dialog-content"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <h2 id={id} dir="auto">
          {only
            ? tagging.ofOne(shownTitle(only, texts.sessions.untitled))
            : tagging.ofMany(sessions.length)}
        </h2>
        <Choices choices={choices} full={isFull} onChoose={choose} />
        <NewTag
          typed={typed}
          full={isFull}
          loading={choices === null}
          onType={setTyped}
          onAdd={() => {
            add(typed);
            setTyped('');
          }}
        />
        {isFull && <output>{tagging.full(TAGS_MAX)}</output>}
        <div className="dialog-buttons">
          <Button onClick={closeModal}>{texts.controls.cancel}</Button>
          <Button
            type="submit"
            className="button button-primary"
            softDisabled={busy || choices === null}
          >
            {tagging.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface NewTagProps {
  readonly typed: string;
  readonly full: boolean;
  /** What is added now would be lost. */
  readonly loading: boolean;
  readonly onType: (text: string) => void;
  readonly onAdd: () => void;
}

/** Enter saves the dialog, with what is typed. */
function NewTag({ typed, full, loading, onType, onAdd }: NewTagProps) {
  const { tagging } = useLaterTexts();
  return (
    <div className="tags-new">
      <input
        aria-label={tagging.fresh}
        placeholder={tagging.fresh}
        value={typed}
        dir="auto"
        maxLength={TAG_MAX}
        disabled={full}
        enterKeyHint="done"
        onChange={(event) => {
          onType(event.target.value);
        }}
      />
      <Button softDisabled={loading || typed.trim() === ''} onClick={onAdd}>
        {tagging.add}
      </Button>
    </div>
  );
}

interface ChoicesProps {
  readonly choices: readonly TagChoice[] | null;
  readonly full: boolean;
  readonly onChoose: (tag: string, chosen: boolean) => void;
}

function Choices({ choices, full, onChoose }: ChoicesProps) {
  const { tagging } = useLaterTexts();
  if (!choices) return <p>{tagging.loading}</p>;
  if (choices.length === 0) return <p>{tagging.none}</p>;
  return (
    <fieldset>
      <legend className="visually-hidden">{tagging.tags}</legend>
      {choices.map(({ tag, share }) => (
        <label key={tag} dir="auto">
          <input
            type="checkbox"
            checked={share === 'all'}
            disabled={full && share === 'none'}
            ref={(box) => {
              if (box) box.indeterminate = share === 'some';
            }}
            onChange={(event) => {
              onChoose(tag, event.target.checked);
            }}
          />
          {tag}
        </label>
      ))}
    </fieldset>
  );
}
