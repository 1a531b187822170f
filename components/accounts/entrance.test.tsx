import { withSentence } from '@/lib/texts/person-sentence';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Entrance } from './entrance';
import { ENTRANCES, type Entrance as Kind } from '@/lib/client/accounts/api';

const KINDS: Readonly<Record<Kind, readonly string[]>> = {
  'sign-in': ['username', 'current-password'],
  'sign-up': ['username', 'new-password'],
  reset: ['new-password'],
  device: [],
};

test.each(Object.entries(KINDS))(
  'without a script the form of %s is sent, and a password manager knows its fields',
  (kind, fields) => {
    const entrance = kind as Kind;
    const problem = withSentence({ kind: 'unauthenticated', reason: 'wrong-password' });
    const html = renderToStaticMarkup(
      <Entrance entrance={entrance} next="/s/1" problem={problem} about="Of the operator">
        <p>Below</p>
      </Entrance>,
    );
    const [form = ''] = /<form[^>]*>/.exec(html) ?? [];
    expect(form).toContain('method="post"');
    expect(form).toContain(`action="${ENTRANCES[entrance]}"`);
    const named = [...html.matchAll(/autoComplete="([^"]+)"/gi)].map(([, name]) => name);
    expect(named).toEqual(fields);
    expect(html).toMatch(/<input type="hidden"[^>]* name="next"[^>]* value="\/s\/1"/);
    expect(html).toContain('This name and password do not match');
    expect(html).toContain('Of the operator');
    expect(html).toContain('Below');
  },
);
