import { useId } from 'react';
import { useLaterTexts } from '@/lib/texts/use-texts';
import type { ShownSetting } from './settings-form';

interface Props {
  readonly setting: ShownSetting;
  /** Why the server refused the typed value. */
  readonly mistake: string | null;
}

export function SettingField({ setting, mistake }: Props) {
  const { settings: words } = useLaterTexts().operator;
  const { name, value, stored, fallback, fixed, problem } = setting;
  const { label, about } = words.fields[name];
  const id = useId();
  const wrong = mistake === null ? problem && words.unused(problem) : words.wrong(mistake);
  const common = {
    id,
    name,
    'aria-describedby': wrong === null ? `${id}-about` : `${id}-about ${id}-wrong`,
    'aria-invalid': wrong !== null || undefined,
    defaultValue: fixed ? value : (stored ?? ''),
    placeholder: fallback,
    readOnly: fixed,
    dir: 'auto' as const,
  };
  return (
    <div className="account-field">
      <label htmlFor={id}>{label}</label>
      {name === 'CHAT_SYSTEM_PROMPT' ? (
        <textarea {...common} rows={3} maxLength={8000} />
      ) : (
        <input
          {...common}
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <small id={`${id}-about`}>{fixed ? words.fixed(name) : about}</small>
      {wrong !== null && (
        <small id={`${id}-wrong`} className="account-problem" role="alert">
          {wrong}
        </small>
      )}
    </div>
  );
}
