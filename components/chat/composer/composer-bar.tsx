import type { ReactNode } from 'react';
import { useHydrated } from '@/lib/client/browser/use-hydrated';
import { Switch } from '@/components/ui/switch';
import type { ComposerState } from '@/lib/client/composer/composer-state';
import type { SendSettings } from '@/lib/client/composer/use-send-settings';
import type { PageModels } from '@/lib/page/session-page';
import { texts } from '@/lib/texts/texts';

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
      {models.demo && (
        <span className="demo-badge" title={texts.demo.badgeTitle}>
          {texts.demo.badge}
        </span>
      )}
      <fieldset className="composer-settings" disabled={!hydrated}>
        {!models.demo && models.models.length > 0 && (
          <select
            className="model-picker"
            aria-label={texts.composer.model}
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
          label={texts.composer.stream}
          title={texts.composer.streamTitle}
          checked={settings.stream}
          onChange={settings.setStream}
        />
      </fieldset>
      <span className="composer-counter" data-over={state.tooLong || undefined}>
        {state.counter}
      </span>
      {children}
    </div>
  );
}
