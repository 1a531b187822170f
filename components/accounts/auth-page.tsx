import type { Problem } from '@/lib/client/net/problem';
import './accounts.css';
import type { ReactNode } from 'react';
import type { AuthKind } from '@/lib/client/accounts/api';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { AuthForm } from './auth-form';

const TEXTS = {
  'sign-in': laterTexts.accounts.signIn,
  'sign-up': laterTexts.accounts.signUp,
  reset: laterTexts.accounts.reset,
  device: laterTexts.accounts.device,
};

interface Props {
  readonly kind: AuthKind;
  readonly next: string;
  readonly problem: Pick<Problem, 'kind' | 'reason' | 'error'> | null;
  readonly about?: string | null;
  /** Stands below the form. */
  readonly children?: ReactNode;
}

/** A page for signing in. */
export function AuthPage({ kind, about, children, ...rest }: Props) {
  const { title, go } = TEXTS[kind];
  return (
    <div className="auth" id="main" tabIndex={-1}>
      <p className="brand">
        <span className="brand-mark" aria-hidden="true" />
        {texts.shell.app}
      </p>
      <h1>{title}</h1>
      {about && <p className="auth-about">{about}</p>}
      <AuthForm kind={kind} go={go} {...rest} />
      {children}
    </div>
  );
}
