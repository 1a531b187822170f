/** Focuses the message field. */
export function focusMessage(): void {
  document.getElementById('message')?.focus();
}
