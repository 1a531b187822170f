'use client';

import './globals.css';

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
            The server has a problem. Nothing that you wrote is lost.
            {error.digest && <span className="ref"> (Ref: {error.digest})</span>}
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
