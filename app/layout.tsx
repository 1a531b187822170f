import './globals.css';
import './print.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { fontClasses } from './fonts';
import { shownAccount } from './account-data';
import { mayHaveKeys, browserPreferences } from './page-data';
import { sidebarSessions } from './session-lists';
import { backgroundOf, appearanceAttribute } from '@/lib/page/appearance';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = {
  title: texts.shell.app,
  description: texts.shell.about,
  robots: { index: false },
  manifest: '/pwa/manifest.webmanifest',
  icons: { icon: '/icon.svg', apple: '/pwa/apple-180.png' },
  appleWebApp: { title: texts.shell.app },
};

export async function generateViewport(): Promise<Viewport> {
  const { theme } = (await browserPreferences()).appearance;
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    interactiveWidget: 'resizes-content',
    themeColor: (['light', 'dark'] as const).map((scheme) => ({
      media: `(prefers-color-scheme: ${scheme})`,
      color: backgroundOf(theme, scheme),
    })),
  };
}

export default async function Layout({ children }: { children: ReactNode }) {
  const [{ sessions, hasMore }, hasKeys, { appearance, timeZone, codeViews }, account] =
    await Promise.all([sidebarSessions(), mayHaveKeys(), browserPreferences(), shownAccount()]);
  return (
    <html
      lang="en"
      className={fontClasses}
      data-theme={appearanceAttribute('theme', appearance.theme)}
      data-text={appearanceAttribute('text', appearance.text)}
      data-width={appearanceAttribute('width', appearance.width)}
      data-sidebar={appearanceAttribute('sidebar', appearance.sidebar)}
      data-code={codeViews || undefined}
    >
      <body>
        <AppShell
          sessions={sessions}
          hasMore={hasMore}
          hasKeys={hasKeys}
          appearance={appearance}
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
