'use client';

import './globals.css';
import { ProblemText } from '@/components/ui/problem-text';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly error: Error & { digest?: string };
}

/** Replaces the root layout when that fails, so it renders `html` and `body` itself. */
export default function GlobalError({ error }: Props) {
  return (
    <html lang="en">
      <body>
        <main className="plain-page plain-page-centred" role="alert">
          <h1>{texts.shell.fault.app}</h1>
          <p>
            <ProblemText
              problem={{
                kind: 'app-not-drawn',
                ref: error.digest ?? null,
              }}
            />
          </p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => {
              window.location.reload();
            }}
          >
            {texts.shell.fault.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
