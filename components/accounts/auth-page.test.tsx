import { withSentence } from '@/lib/texts/person-sentence';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AuthPage } from './auth-page';
import { AUTH_CALLS, type AuthKind } from '@/lib/client/accounts/api';
import { inEnglish } from '@/components/languages/testing';
import { texts } from '@/lib/texts/en/texts';
import { laterTexts } from '@/lib/texts/en/later-texts';
import { translationOf } from '@/lib/texts/translations';

const KINDS: Readonly<Record<AuthKind, readonly string[]>> = {
  'sign-in': ['username', 'current-password'],
  'sign-up': ['username', 'new-password'],
  reset: ['new-password'],
  device: [],
};

test.each(Object.entries(KINDS))(
  'without a script the form of %s is sent, and a password manager knows its fields',
  (each, fields) => {
    const kind = each as AuthKind;
    const problem = withSentence(translationOf('en'), {
      kind: 'unauthenticated',
      reason: 'wrong-password',
    });
    const html = renderToStaticMarkup(
      inEnglish(
        <AuthPage
          texts={texts}
          laterTexts={laterTexts}
          kind={kind}
          next="/s/1"
          problem={problem}
          about="Of the operator"
        >
          <p>Below</p>
        </AuthPage>,
      ),
    );
    const [form = ''] = /<form[^>]*>/.exec(html) ?? [];
    expect(form).toContain('method="post"');
    expect(form).toContain(`action="${AUTH_CALLS[kind]}"`);
    const named = [...html.matchAll(/autoComplete="([^"]+)"/gi)].map(([, name]) => name);
    expect(named).toEqual(fields);
    expect(html).toMatch(/<input type="hidden"[^>]* name="next"[^>]* value="\/s\/1"/);
    expect(html).toContain('This name and password do not match');
    expect(html).toContain('Of the operator');
    expect(html).toContain('Below');
  },
);
