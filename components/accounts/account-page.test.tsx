import { withSentence } from '@/lib/texts/person-sentence';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactNode } from 'react';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { expect, test } from 'vitest';
import { AccountPage } from './account-page';
import { PasskeySection } from './ways/passkey-section';
import { ProviderSection } from './ways/provider-section';
import { PeoplePage } from './people/people-page';
import { ClientStateContext, openClientState } from '@/lib/client/page/client-state';
import { DrawerContext } from '@/components/ui/drawer';
import { closedDrawer } from '@/components/ui/testing';
import { inEnglish } from '@/components/languages/testing';
import { laterTexts } from '@/lib/texts/en/later-texts';
import { texts } from '@/lib/texts/en/texts';
import { translationOf } from '@/lib/texts/translations';

const nothing = () => undefined;
const router = {
  back: nothing,
  forward: nothing,
  refresh: nothing,
  push: nothing,
  replace: nothing,
  prefetch: nothing,
} as unknown as NonNullable<React.ContextType<typeof AppRouterContext>>;

const drawn = (page: ReactNode): string =>
  renderToStaticMarkup(
    inEnglish(
      <AppRouterContext value={router}>
        <ClientStateContext value={openClientState(texts)}>
          <DrawerContext value={closedDrawer}>{page}</DrawerContext>
        </ClientStateContext>
      </AppRouterContext>,
    ),
  );

test('an account has every browser, and only others can be signed out', () => {
  const signIns = [
    { id: '1', device: 'Firefox on Linux', current: true, lastSeen: 'today' },
    { id: '2', device: 'Safari on iPhone', current: false, lastSeen: 'yesterday' },
  ];
  const passkeys = [{ id: '3', name: 'Phone', added: 'yesterday', used: null }];
  const html = drawn(
    <AccountPage
      words={laterTexts.accounts.account}
      name="Ada"
      isOperator={false}
      claimable={2}
      signIns={signIns}
      hasPassword={false}
      problem={withSentence(translationOf('en'), { kind: 'conflict', reason: 'connected' })}
    >
      <PasskeySection passkeys={passkeys} hasPassword={false} noPasskeys="insecure" />
      <ProviderSection name="Example" isConnected hasPassword={false} />
    </AccountPage>,
  );
  expect(html).toContain('Signed in as Ada.');
  expect(html).toContain('This browser has 2 chats from before');
  expect(html).toContain('Sign out Safari on iPhone');
  expect(html).not.toContain('Sign out Firefox on Linux');
  for (const text of ['Set a password', 'Disconnect Example', 'Phone', 'over HTTPS only'])
    expect(html).toContain(text);
  expect(html).toContain('already connected to another account there');
  expect(html).not.toContain('Add a passkey');
  expect(html).not.toContain('Current password');
  expect(html).not.toMatch(/undefined|\[object/);
});

test('the list of people has roles and links that can be withdrawn', () => {
  const people = [
    {
      id: '1',
      name: 'Olga',
      role: 'operator' as const,
      isSelf: true,
      disabled: false,
      lastSeen: 'today',
      ways: ['Password'],
    },
    {
      id: '2',
      name: 'Ada',
      role: 'member' as const,
      isSelf: false,
      disabled: true,
      lastSeen: null,
      ways: [],
    },
  ];
  const links = [
    { id: '3', kind: 'invitation' as const, recipient: 'Grace', ends: 'Nov 30, 2026' },
    { id: '4', kind: 'reset' as const, recipient: 'Ada', ends: 'Nov 27, 2026' },
  ];
  const html = drawn(
    <PeoplePage words={laterTexts.accounts.people} people={people} links={links} />,
  );
  for (const text of ['Olga', 'Ada', 'Grace', 'Nov 30, 2026', 'Disabled', 'Enable Ada'])
    expect(html).toContain(text);
  expect(html).not.toMatch(/undefined|\[object/);
});
