const FIELDS = ['dialog[open] textarea', '#message'];

/**
 * When the clicked element is removed and takes the focus with it, focuses the text field. Not after a touch: a phone
 * would open its keyboard. Returns a cleanup function.
 */
export function restoreFocus(): () => void {
  let pressed: Element | null = null;
  let wanted = false;

  const observer = new MutationObserver(() => {
    if (!pressed || pressed.isConnected) return;
    const lost = document.activeElement === document.body;
    forget();
    if (lost && wanted) writingField()?.focus();
  });
  const forget = () => {
    pressed = null;
    observer.disconnect();
  };
  const onClick = ({ target, detail }: MouseEvent) => {
    forget();
    pressed = target instanceof Element ? target.closest('button') : null;
    wanted = isWanted(detail);
    if (pressed) observer.observe(document.body, { childList: true, subtree: true });
  };
  // Capture phase: the target may be removed by its own handler.
  window.addEventListener('click', onClick, true);
  return () => {
    forget();
    window.removeEventListener('click', onClick, true);
  };
}

/** Focuses the text field after a click with this `detail`, but not after a touch. */
export function focusAfterPress(detail: number): void {
  if (isWanted(detail)) writingField()?.focus();
}

/** A click by keyboard has `detail` 0. */
const isWanted = (detail: number): boolean =>
  detail === 0 || window.matchMedia('(pointer: fine)').matches;

const writingField = (): HTMLElement | null =>
  FIELDS.map((field) => document.querySelector<HTMLElement>(field)).find(Boolean) ?? null;
