import { useEffect, useState } from 'react';
import { Icon } from './icon';

interface Props {
  readonly label: string;
  /** True when it was copied. */
  readonly onCopy: () => Promise<boolean>;
}

const SAID_MS = 1200;

export function CopyButton({ label, onCopy }: Props) {
  const [said, setSaid] = useState<'Copied!' | 'Copying is not allowed here' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => {
      setSaid(null);
    }, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  const copy = async () => {
    setSaid((await onCopy()) ? 'Copied!' : 'Copying is not allowed here');
  };
  return (
    <button type="button" className="quiet-button" onClick={() => void copy()}>
      <Icon name="copy" />
      <span aria-live="polite">{said ?? label}</span>
    </button>
  );
}
