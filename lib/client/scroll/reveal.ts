/** Asks a transcript to draw an item that it left out. */
const REVEAL = 'ask-next:reveal';

export function reveal(key: string): void {
  document.querySelector('.scroller')?.dispatchEvent(new CustomEvent(REVEAL, { detail: key }));
}

/** Returns an unsubscribe function. */
export function onReveal(scroller: HTMLElement, show: (key: string) => void): () => void {
  const listen = (event: Event) => {
    show(String((event as CustomEvent<unknown>).detail));
  };
  scroller.addEventListener(REVEAL, listen);
  return () => {
    scroller.removeEventListener(REVEAL, listen);
  };
}
