'use client';

import { useEffect, useRef, useTransition } from 'react';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly error: Error & { digest?: string };
  /** Fetches the page again; `reset` would only re-render the failed one. */
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: Props) {
  const texts = useTexts();
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
          {texts.shell.fault.page}
        </h1>
        <p>
          <ProblemText
            problem={{
              kind: 'page-not-drawn',
              ref: error.digest ?? null,
            }}
          />
        </p>
        <Button
          className="button button-primary"
          softDisabled={trying}
          onClick={() => {
            startTrying(retry);
          }}
        >
          {trying ? texts.shell.fault.retrying : texts.shell.fault.retry}
        </Button>
      </div>
    </div>
  );
}
