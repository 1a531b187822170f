/** Copies text to the clipboard. Returns false when the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  // Missing over plain HTTP, except on localhost.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (!clipboard) return copyFromField(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text);
  }
}

/** Fallback for plain HTTP: selects the text in a hidden field, then restores focus and selection. */
function copyFromField(text: string): boolean {
  const focused = document.activeElement;
  const selection = getSelection();
  const selected = selection?.rangeCount ? selection.getRangeAt(0) : null;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  // Everything outside an open dialog is inert.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (selected) {
      selection?.removeAllRanges();
      selection?.addRange(selected);
    }
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
