import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { withEarlyText } from '@/lib/client/composer/drafts';
import { sendsMessage } from '@/lib/client/composer/sends-message';
import { changeDraft } from '@/lib/client/composer/use-draft';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly sessionId: string | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
}

/**
 * The message field. Enter sends, Shift+Enter adds a line, Ctrl or Command+Enter always sends; on touch devices Enter
 * adds a line.
 */
export function MessageField({ field, sessionId, text, onText, onEnter }: Props) {
  const texts = useTexts();
  useLayoutEffect(() => {
    growToText(field.current);
  });
  useEarlyText(field, sessionId);
  useFocusOnOpening(field, sessionId);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!sendsMessage(event)) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <textarea
      ref={field}
      id="message"
      rows={1}
      autoComplete="off"
      dir="auto"
      value={text}
      placeholder={texts.composer.placeholder}
      aria-label={texts.composer.message}
      aria-describedby="composer-hint"
      enterKeyHint="enter"
      onChange={(event) => {
        onText(event.target.value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Makes a field as high as its text where the style sheet's `field-sizing` is not understood. */
function growToText(field: HTMLTextAreaElement | null): void {
  if (!field || CSS.supports('field-sizing', 'content')) return;
  field.style.height = 'auto';
  field.style.height = `${String(field.scrollHeight)}px`;
}

/** Text typed before hydration exists only in the field and would be lost at the next render. */
function useEarlyText(
  field: RefObject<HTMLTextAreaElement | null>,
  sessionId: string | null,
): void {
  useLayoutEffect(() => {
    const typed = field.current?.value;
    if (typed) changeDraft(sessionId, (draft) => withEarlyText(draft, typed));
  }, [field, sessionId]);
}

/** Focuses the field where there is a keyboard. On a phone that would open the on-screen keyboard. */
function useFocusOnOpening(
  field: RefObject<HTMLTextAreaElement | null>,
  sessionId: string | null,
): void {
  const focusedIn = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (focusedIn.current === sessionId) return;
    focusedIn.current = sessionId;
    // Do not take the focus from another field.
    const typing = document.activeElement?.matches('input, textarea, dialog *');
    if (!typing && window.matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [field, sessionId]);
}
