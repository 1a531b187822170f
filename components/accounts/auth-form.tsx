'use client';

import type { Problem } from '@/lib/client/net/problem';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { AUTH_CALLS, authenticate, type AuthKind } from '@/lib/client/accounts/api';
import { useCall } from '@/lib/client/accounts/use-call';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { PasswordField, TextField } from './fields';

interface Props {
  readonly kind: AuthKind;
  /** Where to go then. */
  readonly next: string;
  readonly go: string;
  /** What went wrong before the page's script ran. */
  readonly problem: Pick<Problem, 'kind' | 'reason' | 'error'> | null;
}

/** Signs in by this page's script; without it the browser sends the form, and the server answers with a page. */
export function AuthForm({ kind, next, go, problem }: Props) {
  const laterTexts = useLaterTexts();
  const calls = useCall();
  const alert = useRef<HTMLParagraphElement>(null);
  const shown = calls.problem ?? (problem && { ...problem, ref: null });
  useEffect(() => {
    if (calls.problem) alert.current?.focus();
  }, [calls.problem]);
  return (
    <form
      className="auth-form"
      method="post"
      action={AUTH_CALLS[kind]}
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        const body = Object.fromEntries(
          [...fields].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
        );
        const link = window.location.hash.slice(1);
        // A full page load: nothing of who was signed in before stays in memory.
        calls.run(
          () => authenticate(kind, link ? { ...body, link } : body),
          (answer) => {
            window.location.replace(answer.next);
          },
        );
      }}
    >
      {shown && (
        <p className="auth-problem" role="alert" tabIndex={-1} ref={alert}>
          <ProblemText problem={shown} />
        </p>
      )}
      <input type="hidden" name="next" value={next} />
      {(kind === 'sign-in' || kind === 'sign-up') && (
        <TextField name="name" label={laterTexts.accounts.name} autoComplete="username" />
      )}
      {kind === 'sign-in' && (
        <PasswordField
          name="password"
          label={laterTexts.accounts.password}
          autoComplete="current-password"
        />
      )}
      {(kind === 'sign-up' || kind === 'reset') && (
        <PasswordField
          name="password"
          label={kind === 'reset' ? laterTexts.accounts.newPassword : laterTexts.accounts.password}
          autoComplete="new-password"
        />
      )}
      <Button type="submit" className="button button-primary" softDisabled={calls.busy}>
        {calls.busy ? laterTexts.accounts.working : go}
      </Button>
    </form>
  );
}
