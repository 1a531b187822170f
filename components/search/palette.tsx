import './palette.css';
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import { messageAddress } from '@/lib/client/search/use-jump';
import { useCommands } from '@/lib/client/search/use-commands';
import { useSearch } from '@/lib/client/search/use-search';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { groupsOf, labelOf, type PaletteItem } from './palette-items';
import { PaletteList } from './palette-list';
import { PaletteStatus } from './palette-status';

/** Search as you type, and commands, from the keyboard or by touch. */
export function Palette() {
  const words = useLaterTexts().palette;
  const { palette } = useClientState();
  const open = useObservable(palette, false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={palette.set}>
      <Dialog.Portal>
        <Dialog.Backdrop className="palette-backdrop" />
        <Dialog.Popup className="palette" initialFocus={field}>
          <Dialog.Title className="visually-hidden">{words.title}</Dialog.Title>
          <Content field={field} onDone={() => palette.set(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Props {
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly onDone: () => void;
}

function Content({ field, onDone }: Props) {
  const words = useLaterTexts().palette;
  const [typed, setTyped] = useState('');
  const router = useRouter();
  const search = useSearch(typed);
  const groups = groupsOf(words, useCommands(), search.results, typed);
  const run = (item: PaletteItem) => {
    onDone();
    if (item.kind === 'command') item.run();
    else router.push(messageAddress(item.found.session_id, item.found.message_id));
  };
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      autoHighlight="always"
      items={groups}
      itemToStringValue={labelOf}
      value={typed}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setTyped(value);
      }}
    >
      <div className="palette-field">
        <Icon name="search" />
        <Autocomplete.Input
          ref={field}
          aria-label={words.field}
          placeholder={words.field}
          maxLength={500}
          enterKeyHint="go"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Dialog.Close className="icon-button" aria-label={words.close}>
          <Icon name="close" />
        </Dialog.Close>
      </div>
      <PaletteList onRun={run} />
      <PaletteStatus search={search} />
    </Autocomplete.Root>
  );
}
