import '../accounts/accounts.css';
import './settings.css';
import Link from 'next/link';
import { PageBar } from '@/components/shell/page-bar';
import { laterTexts } from '@/lib/texts/later-texts';
import { SettingsChanges, type ShownChange } from './settings-changes';
import { SettingsForm, type ShownSetting } from './settings-form';

const { settings: words } = laterTexts.operator;

interface Props {
  readonly settings: readonly ShownSetting[];
  readonly changes: readonly ShownChange[];
}

/** What an operator may change without a restart. */
export function SettingsPage({ settings, changes }: Props) {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page account-page" id="main" tabIndex={-1}>
        <section className="account-section">
          <h1>{words.title}</h1>
          <p>{words.about}</p>
          <Link href="/doctor" prefetch={false}>
            {laterTexts.operator.doctor.title}
          </Link>
        </section>
        <SettingsForm settings={settings} />
        <SettingsChanges changes={changes} />
      </div>
    </div>
  );
}
