import './globals.css';
import './print.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { shownAccount } from './account-data';
import { mayHaveKeys, rememberedByBrowser } from './page-data';
import { sidebarSessions } from './session-lists';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = {
  title: texts.shell.app,
  description: texts.shell.about,
  robots: { index: false },
  manifest: '/pwa/manifest.webmanifest',
  icons: { icon: '/icon.svg', apple: '/pwa/apple-180.png' },
  appleWebApp: { title: texts.shell.app },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfcfa' },
    { media: '(prefers-color-scheme: dark)', color: '#1a1917' },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const [{ sessions, hasMore }, hasKeys, { theme, timeZone, codeViews }, account] =
    await Promise.all([sidebarSessions(), mayHaveKeys(), rememberedByBrowser(), shownAccount()]);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      data-code={codeViews || undefined}
    >
      <body>
        <AppShell
          sessions={sessions}
          hasMore={hasMore}
          hasKeys={hasKeys}
          theme={theme}
          account={account}
          timeZone={timeZone}
          now={requestTime()}
        >
          {children}
        </AppShell>
      </body>
    </html>
  );
}

const requestTime = (): number => Date.now();
