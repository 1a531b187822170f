'use client';

import { useEffect, useRef, useTransition } from 'react';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';

interface Props {
  readonly error: Error & { digest?: string };
  /** Asks the server for the page again, where `reset` would only draw the failed one anew. */
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: Props) {
  const [trying, startTrying] = useTransition();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page plain-page-centred">
        <h1 ref={heading} tabIndex={-1}>
          This page could not be shown
        </h1>
        <p>
          <ProblemText
            problem={{
              message: 'Something went wrong. Nothing that you wrote is lost.',
              ref: error.digest ?? null,
            }}
          />
        </p>
        <Button
          className="button button-primary"
          held={trying}
          onClick={() => {
            startTrying(retry);
          }}
        >
          {trying ? 'Trying…' : 'Try again'}
        </Button>
      </div>
    </div>
  );
}
