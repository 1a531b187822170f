import type { Metadata } from 'next';
import { SettingsPage } from '@/components/operator/settings-page';
import { writtenDate } from '@/lib/sessions/day';
import { SETTING_GROUPS } from '@/lib/settings/groups';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { browserPreferences } from '../page-data';
import { settingsData } from './settings-data';

const { settings: words } = laterTexts.operator;

export const metadata: Metadata = { title: texts.shell.titled(words.title) };

export default async function ServerSettingsPage() {
  const [{ settings, changes, hasAccounts }, { timeZone }] = await Promise.all([
    settingsData(),
    browserPreferences(),
  ]);
  const date = writtenDate(timeZone);
  return (
    <SettingsPage
      settings={settings
        .map(({ default: fallback, source, ...setting }) => ({
          ...setting,
          fallback,
          group: SETTING_GROUPS[setting.name],
          fixed: source === 'environment',
        }))
        .filter(({ group }) => hasAccounts || group !== 'people')}
      changes={changes.map(({ id, name, before, after, by, at }) => ({
        id,
        label: words.fields[name].label,
        before,
        after,
        by,
        when: date(Date.parse(at)),
      }))}
    />
  );
}
