'use client';

interface Props {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: Props) {
  return (
    <div className="plain-page plain-page-centred" role="alert">
      <h1>This page could not be shown</h1>
      <p>
        Something went wrong. Nothing that you wrote is lost.
        {error.digest && <span className="ref"> (Ref: {error.digest})</span>}
      </p>
      <button type="button" className="button button-primary" onClick={reset}>
        Try again
      </button>
    </div>
  );
}
