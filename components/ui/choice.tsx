import './choice.css';
import type { ReactNode } from 'react';
import { Button } from './button';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly label: string;
  readonly busy?: boolean;
  /** What was written here and elsewhere. */
  readonly children: ReactNode;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

/** Something was changed elsewhere while it was being edited here: a person says which of the two stays. */
export function Choice({ label, busy = false, children, onMine, onTheirs }: Props) {
  return (
    <div className="choice" role="alert" aria-label={label}>
      {children}
      <div className="choice-buttons">
        <Button className="button button-primary" held={busy} onClick={onMine}>
          {texts.controls.keepMine}
        </Button>
        <Button held={busy} onClick={onTheirs}>
          {texts.controls.takeTheirs}
        </Button>
      </div>
    </div>
  );
}
