import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { growToText } from '@/lib/client/grow-to-text';

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly sessionId: string | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
}

/** Where a message is typed. Enter sends; with Shift it is a new line. */
export function MessageField({ field, sessionId, text, onText, onEnter }: Props) {
  useLayoutEffect(() => {
    growToText(field.current);
  });
  useFocusOnOpening(field, sessionId);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter that ends a composition of characters belongs to the input method; Safari tells it by code 229.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <textarea
      ref={field}
      id="message"
      rows={1}
      dir="auto"
      value={text}
      placeholder="Ask anything"
      aria-label="Message"
      aria-describedby="composer-hint"
      enterKeyHint="send"
      onChange={(event) => {
        onText(event.target.value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Where there is a keyboard one wants to type at once; a phone would open its own over half the page. */
function useFocusOnOpening(
  field: RefObject<HTMLTextAreaElement | null>,
  sessionId: string | null,
): void {
  const focusedIn = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (focusedIn.current === sessionId) return;
    focusedIn.current = sessionId;
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [field, sessionId]);
}
