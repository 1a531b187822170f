'use client';

import './globals.css';
import { ProblemText } from '@/components/ui/problem-text';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly error: Error & { digest?: string };
}

/** Takes the place of the whole page when even its frame cannot be drawn, so it has a frame of its own. */
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
