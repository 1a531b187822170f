import { Autocomplete } from '@base-ui/react/autocomplete';
import { useEffect, useRef } from 'react';
import { Icon } from '@/components/ui/icon';
import { useModelName } from '@/lib/client/models/model-names';
import { placeBeside } from '@/components/ui/menus/place-beside';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { ModelSearchProps } from './lazy-model-search';

/** All models that match the typed text. */
export function ModelSearch({ models, model, button, onChoose, onClose }: ModelSearchProps) {
  const { modelSearch } = useLaterTexts();
  const nameOf = useModelName();
  // Found by the name that people read, and by the model's own.
  const searched = (each: string) => (nameOf(each) === each ? each : `${nameOf(each)} ${each}`);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const shown = list.current;
    if (!shown || !button.current) return;
    shown.showPopover();
    placeBeside(shown, button.current.getBoundingClientRect());
    field.current?.focus();
  }, [button]);
  return (
    <div
      ref={list}
      popover="auto"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a popover is closed by a press beside it
      role="dialog"
      aria-label={modelSearch.models}
      className="menu model-search"
      onToggle={({ newState }) => {
        if (newState === 'closed') onClose();
      }}
    >
      <Autocomplete.Root
        inline
        open
        autoHighlight="always"
        items={models}
        itemToStringValue={searched}
      >
        <Autocomplete.Input
          ref={field}
          aria-label={modelSearch.searchModels}
          placeholder={modelSearch.searchModels}
          autoCapitalize="none"
          spellCheck={false}
        />
        <Autocomplete.List className="model-list">
          {(each: string) => (
            <Autocomplete.Item
              key={each}
              value={each}
              className="model-option"
              onClick={() => {
                onChoose(each);
                list.current?.hidePopover();
              }}
            >
              <span>{nameOf(each)}</span>
              {each === model && <Chosen />}
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
        <Autocomplete.Empty className="model-none">{modelSearch.noModel}</Autocomplete.Empty>
      </Autocomplete.Root>
    </div>
  );
}

function Chosen() {
  const { modelSearch } = useLaterTexts();
  return (
    <>
      <Icon name="done" />
      <span className="visually-hidden">{modelSearch.chosenModel}</span>
    </>
  );
}
