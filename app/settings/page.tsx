import { SettingsPage } from '@/components/operator/settings-page';
import { writtenDate } from '@/lib/sessions/day';
import { SETTING_GROUPS } from '@/lib/settings/groups';
import { mistakeSentence } from '@/lib/texts/parts/mistake-sentence';
import { browserPreferences } from '../page-data';
import { settingsData } from './settings-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.operator.settings.title);

export default async function ServerSettingsPage() {
  const [{ texts, laterTexts, mistakes }, data, { timeZone }] = await Promise.all([
    pageTexts(),
    settingsData(),
    browserPreferences(),
  ]);
  const { settings, changes, hasAccounts } = data;
  const date = writtenDate(texts.dates.locale, timeZone);
  return (
    <SettingsPage
      texts={laterTexts.operator}
      settings={settings
        .map(({ default: fallback, source, ...setting }) => ({
          ...setting,
          problem: setting.problem && mistakeSentence(mistakes, setting.problem),
          fallback,
          group: SETTING_GROUPS[setting.name],
          fixed: source === 'environment',
        }))
        .filter(({ group }) => hasAccounts || group !== 'people')}
      changes={changes.map(({ id, name, before, after, by, at }) => ({
        id,
        label: laterTexts.operator.settings.fields[name].label,
        before,
        after,
        by,
        when: date(Date.parse(at)),
      }))}
    />
  );
}
