/** Puts the focus where one writes on. */
export function focusMessage(): void {
  document.getElementById('message')?.focus();
}
