import './model-picker.css';
import { useRef, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { useModelName } from '@/lib/client/models/model-names';
import type { PageModels } from '@/lib/page/session-page';
import { useTexts } from '@/lib/texts/use-texts';
import { ModelOptions } from './model-options';
import { LazyModelSearch } from './lazy-model-search';

interface Props {
  readonly models: PageModels;
  readonly model: string;
  readonly onChoose: (model: string) => void;
}

/** From this many on, a list is searched and not read. */
const SEARCHED_FROM = 8;

/** The model of the next message; nothing where there is no choice. */
export function ModelPicker({ models: { models, demo }, model, onChoose }: Props) {
  const texts = useTexts();
  if (demo || models.length === 0) return null;
  if (models.length >= SEARCHED_FROM)
    return <Searched models={models} model={model} onChoose={onChoose} />;
  return (
    <span className="model-picker">
      <select
        aria-label={texts.composer.model}
        value={model}
        onChange={(event) => {
          onChoose(event.target.value);
        }}
      >
        <ModelOptions models={models} />
      </select>
      <Icon name="open" />
    </span>
  );
}

function Searched({
  models,
  model,
  onChoose,
}: Omit<Props, 'models'> & { models: readonly string[] }) {
  const texts = useTexts();
  const name = useModelName()(model);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <span className="model-picker">
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={texts.composer.modelIs(name)}
        onPointerEnter={LazyModelSearch.preload}
        onClick={() => {
          setOpen(true);
        }}
      >
        <span>{name}</span>
      </button>
      <Icon name="open" />
      {open && (
        <LazyModelSearch
          models={models}
          model={model}
          button={button}
          onChoose={onChoose}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </span>
  );
}
