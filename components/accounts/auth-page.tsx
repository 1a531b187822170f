import type { Problem } from '@/lib/client/net/problem';
import './accounts.css';
import type { ReactNode } from 'react';
import type { AuthKind } from '@/lib/client/accounts/api';
import type { LaterTexts, Texts } from '@/lib/texts/texts';
import { AuthForm } from './auth-form';

const KEYS = {
  'sign-in': 'signIn',
  'sign-up': 'signUp',
  reset: 'reset',
  device: 'device',
} as const;

interface Props {
  readonly texts: Texts;
  readonly laterTexts: LaterTexts;
  readonly kind: AuthKind;
  readonly next: string;
  readonly problem: Pick<Problem, 'kind' | 'reason' | 'error'> | null;
  readonly about?: string | null;
  /** Stands below the form. */
  readonly children?: ReactNode;
}

/** A page for signing in. */
export function AuthPage({ texts, laterTexts, kind, next, problem, about, children }: Props) {
  const { title, go } = laterTexts.accounts[KEYS[kind]];
  return (
    <div className="auth" id="main" tabIndex={-1}>
      <p className="brand">
        <span className="brand-mark" aria-hidden="true" />
        {texts.shell.app}
      </p>
      <h1>{title}</h1>
      {about && <p className="auth-about">{about}</p>}
      <AuthForm kind={kind} go={go} next={next} problem={problem} />
      {children}
    </div>
  );
}
