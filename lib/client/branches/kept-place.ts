import { followChange } from '@/lib/client/scroll/anchor-scroll';

/** The button of a version that was pressed, to be focused again on the version that it shows. */
interface Pressed {
  readonly messageId: string;
  readonly direction: 'previous' | 'next';
  /** Pixels below the top of the window. */
  readonly top: number;
}

let pressed: Pressed | null = null;

/** Notes that a version is about to be shown, by this button. */
export function notePressed(
  messageId: string,
  direction: Pressed['direction'],
  button: Element,
): void {
  pressed = { messageId, direction, top: button.getBoundingClientRect().top };
}

/** Brings the focus and the place on the screen to the version that was asked for. */
export function keepPlace(messageId: string, group: HTMLElement | null): void {
  if (!group || pressed?.messageId !== messageId) return;
  const { direction, top } = pressed;
  pressed = null;
  const [previous, next] = group.querySelectorAll('button');
  const button = direction === 'previous' ? previous : next;
  button?.focus({ preventScroll: true });
  const moved = group.getBoundingClientRect().top - top;
  const scroller = group.closest('.scroller');
  if (scroller) followChange(scroller, Math.abs(moved) >= 1 ? moved : 0);
}
