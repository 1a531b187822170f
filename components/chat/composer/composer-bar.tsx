import type { ReactNode } from 'react';
import { Switch } from '@/components/ui/switch';
import type { ComposerState } from '@/lib/client/composer/composer-state';
import type { SendSettings } from '@/lib/client/composer/use-send-settings';
import type { PageModels } from '@/lib/page/session-page';

interface Props {
  readonly models: PageModels;
  readonly settings: SendSettings;
  readonly state: ComposerState;
  /** The button at the end. */
  readonly children: ReactNode;
}

/** What a message goes out with. */
export function ComposerBar({ models, settings, state, children }: Props) {
  return (
    <div className="composer-bar">
      {models.demo && (
        <span className="demo-badge" title="No language model is connected">
          Demo
        </span>
      )}
      {!models.demo && models.models.length > 0 && (
        <select
          className="model-picker"
          aria-label="Model"
          value={settings.model}
          onChange={(event) => {
            settings.setModel(event.target.value);
          }}
        >
          {models.models.map((model) => (
            <option key={model}>{model}</option>
          ))}
        </select>
      )}
      <Switch
        label="Stream"
        title="Show the reply while it is being written"
        checked={settings.stream}
        onChange={settings.setStream}
      />
      <span className="composer-counter" data-over={state.tooLong || undefined}>
        {state.counter}
      </span>
      {children}
    </div>
  );
}
