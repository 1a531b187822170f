import type { ReactNode } from 'react';
import { useHydrated } from '@/lib/client/browser/use-hydrated';
import type { ComposerState } from '@/lib/client/composer/composer-state';
import type { SendSettings } from '@/lib/client/composer/use-send-settings';
import type { PageModels } from '@/lib/page/session-page';
import { ModelPicker } from './models/model-picker';

interface Props {
  readonly models: PageModels;
  readonly settings: SendSettings;
  readonly state: ComposerState;
  /** The send button. */
  readonly children: ReactNode;
}

/** The settings of the next message. */
export function ComposerBar({ models, settings, state, children }: Props) {
  const hydrated = useHydrated();
  return (
    <div className="composer-bar">
      <fieldset className="composer-settings" disabled={!hydrated}>
        <ModelPicker models={models} model={settings.model} onChoose={settings.setModel} />
      </fieldset>
      <span className="composer-counter" data-over={state.tooLong || undefined}>
        {state.counter}
      </span>
      {children}
    </div>
  );
}
