'use client';

import './globals.css';
import { ProblemText } from '@/components/ui/problem-text';

interface Props {
  readonly error: Error & { digest?: string };
}

/** Takes the place of the whole page when even its frame cannot be drawn, so it has a frame of its own. */
export default function GlobalError({ error }: Props) {
  return (
    <html lang="en">
      <body>
        <main className="plain-page plain-page-centred" role="alert">
          <h1>Ask-Next cannot be shown</h1>
          <p>
            <ProblemText
              problem={{
                message: 'The server has a problem. Nothing that you wrote is lost.',
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
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
