import { useEffect, useState } from 'react';
import { Icon } from './icon';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly label: string;
  /** Resolves to true when the text was copied. */
  readonly onCopy: () => Promise<boolean>;
}

const COPIED_MS = 1200;
/** Longer, because the user has to act on it. */
const SELECTED_MS = 4000;

export function CopyButton({ label, onCopy }: Props) {
  const texts = useTexts();
  const [status, setStatus] = useState<'copied' | 'selected' | null>(null);
  useEffect(() => {
    if (status === null) return;
    const timer = setTimeout(
      () => {
        setStatus(null);
      },
      status === 'copied' ? COPIED_MS : SELECTED_MS,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [status]);
  const copy = async (button: Element) => {
    const copied = await onCopy();
    if (!copied) selectFor(button);
    setStatus(copied ? 'copied' : 'selected');
  };
  return (
    <button
      type="button"
      className="quiet-button"
      onClick={({ currentTarget }) => void copy(currentTarget)}
    >
      <Icon name="copy" />
      <span aria-live="polite">{status === null ? label : texts.controls[status]}</span>
    </button>
  );
}

/** Selects what a button copies, the code of its figure or the text of its reply, for the browser's own way to copy. */
function selectFor(button: Element): void {
  const shown =
    button.closest('figure')?.querySelector('pre') ??
    button.closest('article')?.querySelector('.markdown');
  if (shown) getSelection()?.selectAllChildren(shown);
}
