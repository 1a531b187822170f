const MARGIN = 8;

/** Places what floats below a button, or above it for lack of room, and always inside the window. */
export function placeBeside(floating: HTMLElement, button: DOMRect): void {
  const { offsetHeight: height, offsetWidth: width } = floating;
  const below = button.bottom + 4;
  const top = below + height > window.innerHeight - MARGIN ? button.top - height - 4 : below;
  const left = Math.min(button.left, window.innerWidth - width - MARGIN);
  floating.style.top = `${String(Math.max(MARGIN, top))}px`;
  floating.style.left = `${String(Math.max(MARGIN, left))}px`;
}
