import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { sendsMessage } from '@/lib/client/composer/sends-message';
import { useDraft } from '@/lib/client/composer/use-draft';
import { isPressed } from '@/lib/client/shortcuts/shortcuts';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly messageId: string;
  readonly text: string;
  readonly onSend: (text: string) => void;
  readonly onClose: () => void;
}

/** Edits a message in its place. What was typed is kept as a draft until it is sent or cancelled. */
export function MessageEditor({ messageId, text, onSend, onClose }: Props) {
  const texts = useTexts();
  const [draft, setDraft] = useDraft(`edit:${messageId}`);
  const field = useRef<HTMLTextAreaElement>(null);
  const shown = draft || text;
  useEffect(() => {
    const { current } = field;
    current?.focus({ preventScroll: true });
    current?.setSelectionRange(current.value.length, current.value.length);
    current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const empty = shown.trim() === '';
  const send = () => {
    if (empty) return;
    setDraft('');
    onClose();
    onSend(shown);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isPressed('close', event)) onClose();
    if (!sendsMessage(event)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="message-editor"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={Math.min(12, shown.split('\n').length + 1)}
        value={shown}
        aria-label={texts.branches.edited}
        onChange={({ target }) => {
          // No database can store U+0000.
          setDraft(target.value.replaceAll('\0', ''));
        }}
        onKeyDown={onKeyDown}
      />
      <div className="message-editor-actions">
        <Button
          onClick={() => {
            setDraft('');
            onClose();
          }}
        >
          {texts.controls.cancel}
        </Button>
        <Button type="submit" className="button button-primary" softDisabled={empty}>
          {texts.branches.send}
        </Button>
      </div>
    </form>
  );
}
