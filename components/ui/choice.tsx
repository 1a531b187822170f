import './choice.css';
import type { ReactNode } from 'react';
import { Button } from './button';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly label: string;
  readonly busy?: boolean;
  /** Both versions. */
  readonly children: ReactNode;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

/** Lets the user resolve a conflict: keep their version or the one from elsewhere. */
export function Choice({ label, busy = false, children, onMine, onTheirs }: Props) {
  const texts = useTexts();
  return (
    <div className="choice" role="alert" aria-label={label}>
      {children}
      <div className="choice-buttons">
        <Button className="button button-primary" softDisabled={busy} onClick={onMine}>
          {texts.controls.keepMine}
        </Button>
        <Button softDisabled={busy} onClick={onTheirs}>
          {texts.controls.takeTheirs}
        </Button>
      </div>
    </div>
  );
}
