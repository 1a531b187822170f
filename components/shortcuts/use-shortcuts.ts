import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { focusMessage } from '@/lib/client/composer/focus-message';
import { useClientState } from '@/lib/client/page/client-state';
import { type Shortcut, isPressed } from '@/lib/client/shortcuts/shortcuts';

/** The shortcuts that work everywhere on the page, except under an open dialog. */
export function useShortcuts(): void {
  const { palette, shortcuts } = useClientState();
  const router = useRouter();
  useEffect(() => {
    const acts: Partial<Record<Shortcut, () => void>> = {
      palette: () => {
        palette.set(!palette.get());
      },
      begin: () => {
        router.push('/');
      },
      field: focusMessage,
      list: () => {
        shortcuts.set(true);
      },
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      // A character without Ctrl belongs to the field that it is typed in.
      if (!event.ctrlKey && !event.metaKey && event.key.length === 1 && isTyping()) return;
      const pressed = (Object.keys(acts) as Shortcut[]).find((each) => isPressed(each, event));
      if (pressed === undefined) return;
      event.preventDefault();
      acts[pressed]?.();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [palette, shortcuts, router]);
}

const isTyping = (): boolean =>
  document.activeElement?.matches('input, textarea, select, [contenteditable]') ?? false;
