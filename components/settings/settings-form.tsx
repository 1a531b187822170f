import { useId, useState, type ReactNode } from 'react';
import { ModelOptions } from '@/components/chat/composer/models/model-options';
import { Button } from '@/components/ui/button';
import { closeModal } from '@/components/ui/modal';
import { ProblemText } from '@/components/ui/problem-text';
import { useModelName } from '@/lib/client/models/model-names';
import { writeSettings, type StoredSettings } from '@/lib/client/net/api';
import { requestRefresh, useClientState } from '@/lib/client/page/client-state';
import { useAction } from '@/lib/client/page/use-action';
import {
  changedSettings,
  DEFAULTS,
  typed,
  type TypedSettings,
} from '@/lib/client/settings/typed-settings';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { NumberField } from './number-field';

interface Props {
  readonly sessionId: string;
  readonly settings: StoredSettings;
  readonly defaults: StoredSettings;
  readonly models: readonly string[];
  readonly onDone: () => void;
}

export function SettingsForm({ sessionId, settings, defaults, models, onDone }: Props) {
  const words = useLaterTexts().settings;
  const client = useClientState();
  const [text, setText] = useState(typed(settings));
  const changes = changedSettings(text, settings);
  const { run, busy, problem } = useAction(
    () => writeSettings(sessionId, changes),
    () => {
      requestRefresh(client);
      onDone();
    },
  );
  const set = (field: keyof TypedSettings, value: string) => {
    setText({ ...text, [field]: value });
  };
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(changes).length === 0) onDone();
        else if (!busy) void run();
      }}
    >
      <Fields text={text} set={set} own={settings.model} defaults={defaults} models={models} />
      {problem && (
        <p role="alert">
          <ProblemText problem={problem} />
        </p>
      )}
      <div className="dialog-buttons">
        <Button
          className="button settings-reset"
          onClick={() => {
            setText(DEFAULTS);
          }}
        >
          {words.reset}
        </Button>
        <Button onClick={closeModal}>{words.cancel}</Button>
        <Button type="submit" className="button button-primary" softDisabled={busy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps extends Pick<Props, 'defaults' | 'models'> {
  readonly text: TypedSettings;
  /** The session's own model. */
  readonly own: string | null;
  readonly set: (field: keyof TypedSettings, value: string) => void;
}

function Fields({ text, own, defaults, models, set }: FieldsProps) {
  const words = useLaterTexts().settings;
  const nameOf = useModelName();
  return (
    <>
      <Field label={words.systemPrompt}>
        {(id) => (
          <textarea
            id={id}
            rows={4}
            dir="auto"
            value={text.system_prompt}
            placeholder={defaults.system_prompt ?? ''}
            onChange={(event) => {
              set('system_prompt', event.target.value);
            }}
          />
        )}
      </Field>
      <Field label={words.model}>
        {(id) => (
          <select
            id={id}
            value={text.model}
            onChange={(event) => {
              set('model', event.target.value);
            }}
          >
            <option value="">{words.modelDefault(defaults.model && nameOf(defaults.model))}</option>
            <ModelOptions models={withOwn(models, own)} />
          </select>
        )}
      </Field>
      <div className="settings-numbers">
        <NumberField
          label={words.temperature}
          hint={words.temperatureHint}
          value={text.temperature}
          placeholder={words.ownDefault}
          bounds={{ least: 0, most: 2, step: 'any' }}
          onChange={(value) => {
            set('temperature', value);
          }}
        />
        <NumberField
          label={words.maxTokens}
          value={text.max_tokens}
          placeholder={defaults.max_tokens?.toString() ?? words.ownDefault}
          bounds={{ least: 1, most: defaults.max_tokens, step: 1 }}
          onChange={(value) => {
            set('max_tokens', value);
          }}
        />
      </div>
    </>
  );
}

/** The session's own model stays choosable when it is no longer listed. */
const withOwn = (models: readonly string[], own: string | null): readonly string[] =>
  own === null || models.includes(own) ? models : [own, ...models];

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
