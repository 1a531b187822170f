import type { KeyboardEvent } from 'react';
import { browserStorage } from '@/lib/client/browser/safe-storage';

/** The user wants Enter to start a new line. */
const sendsByCtrlEnter = (): boolean =>
  browserStorage.getItem('ask-next:send-key') === 'ctrl-enter';

const ONLY_TOUCH = '(pointer: coarse) and (hover: none)';

/**
 * True for a key that sends what is in a field: Enter without Shift, or with Ctrl or Command. On touch devices, and where
 * the user wants it so, Enter alone adds a line: their keyboards have no Shift+Enter, and the send button is next to the field.
 */
export function sendsMessage(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
  // Enter during an IME composition belongs to the input method; Safari reports it as key code 229.
  const composing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (event.key !== 'Enter' || event.shiftKey || composing) return false;
  return (
    event.ctrlKey ||
    event.metaKey ||
    (!sendsByCtrlEnter() && !window.matchMedia(ONLY_TOUCH).matches)
  );
}
