/** Makes a field as high as its text where the style sheet's `field-sizing` is not understood. */
export function growToText(field: HTMLTextAreaElement | null): void {
  if (!field || CSS.supports('field-sizing', 'content')) return;
  field.style.height = 'auto';
  field.style.height = `${String(field.scrollHeight)}px`;
}
