'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { AccountProblem } from '@/components/accounts/account-problem';
import { Button } from '@/components/ui/button';
import { useCall } from '@/lib/client/accounts/use-call';
import { changeSettings } from '@/lib/client/operator/operator-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { SettingField } from './setting-field';
import type { LaterTexts } from '@/lib/texts/texts';

type Words = LaterTexts['operator']['settings'];
export type SettingName = keyof Words['fields'];

export interface ShownSetting {
  readonly name: SettingName;
  readonly group: keyof Words['groups'];
  /** What is in use. */
  readonly value: string;
  /** Null: the default. */
  readonly stored: string | null;
  readonly fallback: string;
  /** Set in the environment. */
  readonly fixed: boolean;
  /** Why a stored value is not used. */
  readonly problem: string | null;
}

const GROUPS = ['models', 'people', 'limits'] as const;

export function SettingsForm({ settings }: { settings: readonly ShownSetting[] }) {
  const { settings: words } = useLaterTexts().operator;
  const router = useRouter();
  const calls = useCall();
  const [status, setStatus] = useState('');
  const field = calls.problem?.field;
  const isNamed = settings.some(({ name }) => name === field);
  const save = (form: HTMLFormElement) => {
    const values = changedIn(new FormData(form), settings);
    setStatus('');
    if (Object.keys(values).length === 0) {
      setStatus(words.nothingNew);
      return;
    }
    calls.run(
      () => changeSettings(values),
      () => {
        setStatus(words.saved);
        router.refresh();
      },
    );
  };
  return (
    <form
      className="server-settings"
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        save(event.currentTarget);
      }}
    >
      {GROUPS.map((group) => {
        const members = settings.filter((setting) => setting.group === group);
        if (members.length === 0) return null;
        return (
          <fieldset key={group}>
            <legend>{words.groups[group]}</legend>
            {members.map((setting) => (
              <SettingField
                key={`${setting.name} ${setting.stored ?? ''}`}
                setting={setting}
                mistake={field === setting.name ? (calls.problem?.mistake ?? null) : null}
              />
            ))}
          </fieldset>
        );
      })}
      {!isNamed && <AccountProblem problem={calls.problem} />}
      <div className="server-settings-end">
        <Button type="submit" softDisabled={calls.busy}>
          {words.save}
        </Button>
        <output>{status}</output>
      </div>
    </form>
  );
}

/** The changed settings. */
function changedIn(
  form: FormData,
  settings: readonly ShownSetting[],
): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const { name, stored, fixed } of settings) {
    const value = form.get(name);
    if (fixed || typeof value !== 'string') continue;
    // A form sends line breaks as CRLF.
    const written = value.replaceAll('\r\n', '\n').trim();
    if (written !== (stored ?? '')) changed[name] = written || null;
  }
  return changed;
}
