import '../accounts/accounts.css';
import './settings.css';
import Link from 'next/link';
import { PageBar } from '@/components/shell/page-bar';
import type { LaterTexts } from '@/lib/texts/texts';
import { SettingsChanges, type ShownChange } from './settings-changes';
import { SettingsForm, type ShownSetting } from './settings-form';

interface Props {
  readonly texts: LaterTexts['operator'];
  readonly settings: readonly ShownSetting[];
  readonly changes: readonly ShownChange[];
}

/** What an operator may change without a restart. */
export function SettingsPage({ texts, settings, changes }: Props) {
  const words = texts.settings;
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page account-page" id="main" tabIndex={-1}>
        <section className="account-section">
          <h1>{words.title}</h1>
          <p>{words.about}</p>
          <Link href="/doctor" prefetch={false}>
            {texts.doctor.title}
          </Link>
        </section>
        <SettingsForm settings={settings} />
        <SettingsChanges words={words} changes={changes} />
      </div>
    </div>
  );
}
