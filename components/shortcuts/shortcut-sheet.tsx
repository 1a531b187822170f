import './shortcuts.css';
import { useId } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { closeModal } from '@/components/ui/modal';
import { isApple, type Keys, SHORTCUTS, type Shortcut } from '@/lib/client/shortcuts/shortcuts';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { LaterTexts } from '@/lib/texts/texts';

/** Every shortcut, from the table that the handlers listen by. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const words = useLaterTexts().shortcuts;
  const id = useId();
  const { heading, what, close } = words;
  const all = Object.keys(SHORTCUTS) as Shortcut[];
  return (
    <Dialog className="shortcuts" labelledBy={id} onClose={onClose}>
      <div className="dialog-content">
        <div className="shortcuts-head">
          <h2 id={id}>{heading}</h2>
          <IconButton icon="close" label={close} onClick={closeModal} />
        </div>
        <dl>
          {all.map((shortcut) => (
            <div key={shortcut}>
              <dt>{what[shortcut]}</dt>
              <dd>
                {SHORTCUTS[shortcut].map((keys: Keys) => (
                  <Pressed key={namesOf(words, keys).join(' ')} names={namesOf(words, keys)} />
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}

const Pressed = ({ names }: { readonly names: readonly string[] }) => (
  <span>
    {names.map((name) => (
      <kbd key={name}>{name}</kbd>
    ))}
  </span>
);

function namesOf(
  words: LaterTexts['shortcuts'],
  { key, mod = false, shift = false }: Keys,
): string[] {
  const names: Readonly<Record<string, string>> = words.keys;
  return [
    ...(mod ? [isApple() ? words.command : words.control] : []),
    ...(shift ? [words.shift] : []),
    names[key] ?? key.toUpperCase(),
  ];
}
