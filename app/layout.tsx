import './globals.css';
import './print.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { modelNames } from './composition';
import { AppShell } from '@/components/shell/app-shell';
import { fontClasses } from './fonts';
import { shownAccount } from './account-data';
import { mayHaveKeys, browserPreferences } from './page-data';
import { sidebarSessions } from './session-lists';
import { backgroundOf, appearanceAttribute } from '@/lib/page/appearance';
import { pageTexts } from '@/lib/http/identity/asked-language';
import { directionOf } from '@/lib/texts/languages';
import { LanguageProvider } from '@/components/languages/language-provider';

export async function generateMetadata(): Promise<Metadata> {
  const { texts, serverTexts } = await pageTexts();
  const { app } = texts.shell;
  return {
    title: app,
    description: serverTexts.about,
    robots: { index: false },
    manifest: '/pwa/manifest.webmanifest',
    icons: { icon: '/icon.svg', apple: '/pwa/apple-180.png' },
    appleWebApp: { title: app },
  };
}

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
  const [{ language }, { sessions, hasMore }, hasKeys, preferences, account] = await Promise.all([
    pageTexts(),
    sidebarSessions(),
    mayHaveKeys(),
    browserPreferences(),
    shownAccount(),
  ]);
  const { appearance, timeZone, codeViews } = preferences;
  return (
    <html
      lang={language}
      dir={directionOf(language)}
      className={fontClasses}
      data-theme={appearanceAttribute('theme', appearance.theme)}
      data-text={appearanceAttribute('text', appearance.text)}
      data-width={appearanceAttribute('width', appearance.width)}
      data-sidebar={appearanceAttribute('sidebar', appearance.sidebar)}
      data-code={codeViews || undefined}
    >
      <body>
        <LanguageProvider language={language}>
          <AppShell
            sessions={sessions}
            hasMore={hasMore}
            hasKeys={hasKeys}
            appearance={appearance}
            modelNames={modelNames()}
            account={account}
            timeZone={timeZone}
            now={requestTime()}
          >
            {children}
          </AppShell>
        </LanguageProvider>
      </body>
    </html>
  );
}

const requestTime = (): number => Date.now();
