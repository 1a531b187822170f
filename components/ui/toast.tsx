import { useEffect, useState } from 'react';
import { IconButton } from './icon-button';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
  readonly onClose: () => void;
}

const SHOWN_MS = 8000;

/** Closes by itself, except while hovered or focused. */
export function Toast({ text, action, onClose }: Props) {
  const texts = useTexts();
  const [paused, setPaused] = useState(false);
  useEffect(() => {
    if (paused) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [paused, onClose]);

  const pause = () => {
    setPaused(true);
  };
  const resume = () => {
    setPaused(false);
  };
  return (
    <span
      className="toast"
      onPointerEnter={pause}
      onPointerLeave={resume}
      onFocus={pause}
      onBlur={resume}
    >
      <span className="toast-text">{text}</span>
      {action && (
        <button type="button" className="toast-action" onClick={action.run}>
          {action.label}
        </button>
      )}
      <IconButton icon="close" label={texts.controls.closeNotice} onClick={onClose} />
    </span>
  );
}
