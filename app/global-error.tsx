'use client';

import './globals.css';
import { useSyncExternalStore } from 'react';
import { appFault } from '@/lib/texts/app-fault';
import { chosenIn } from '@/lib/texts/languages';

interface Props {
  readonly error: Error & { digest?: string };
}

const noChanges = () => () => undefined;

/** As `languageOf`, without the weights: this is part of every first load. */
const ownLanguage = (): keyof typeof appFault => {
  const asked = navigator.languages.find((name) => /^(?:de|en)\b/i.test(name));
  return /^de\b/i.test(chosenIn(document.cookie) ?? asked ?? 'en') ? 'de' : 'en';
};

/** Replaces the root layout when that fails, so it renders `html` and `body` itself. */
export default function GlobalError({ error }: Props) {
  const language = useSyncExternalStore(noChanges, ownLanguage, () => 'en' as const);
  const texts = appFault[language];
  return (
    <html lang={language}>
      <body>
        <main className="plain-page plain-page-centred" role="alert">
          <h1>{texts.heading}</h1>
          <p>
            {texts.about} {error.digest && <small>{texts.reference(error.digest)}</small>}
          </p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => {
              window.location.reload();
            }}
          >
            {texts.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
