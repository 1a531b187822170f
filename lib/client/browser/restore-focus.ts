const FIELDS = ['dialog[open] textarea', '#message'];

/**
 * When what was pressed goes away, and the focus with it, the focus goes to where one writes. Not after a touch: a
 * phone would open its keyboard. Answers how to end it.
 */
export function keepFocus(): () => void {
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
  // Before anybody else hears of it, since it may go at once.
  window.addEventListener('click', onClick, true);
  return () => {
    forget();
    window.removeEventListener('click', onClick, true);
  };
}

/** Puts the focus where one writes after a press, `detail` of its click; not after a touch. */
export function focusAfterPress(detail: number): void {
  if (isWanted(detail)) writingField()?.focus();
}

/** A press by a key is a click without a count. */
const isWanted = (detail: number): boolean =>
  detail === 0 || window.matchMedia('(pointer: fine)').matches;

const writingField = (): HTMLElement | null =>
  FIELDS.map((field) => document.querySelector<HTMLElement>(field)).find(Boolean) ?? null;
