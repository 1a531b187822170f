import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { status } from '../../upstream/upstream';
import { chatOn, expect, test, testAtLength, waitForHydration } from '../fixtures';
import { NOW, PICTURED } from './pictured-sessions';

const DEVICES: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1200, height: 760 } },
  phone: { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true },
};

/** Compares the page in both colour schemes with the pictures in git. Goes on after one that differs. */
async function expectPictured(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect.soft(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
      // Another build of the browser may smooth letters otherwise. A row that moves changes ten times as much.
      maxDiffPixelRatio: 0.0015,
      stylePath: fileURLToPath(new URL('states.css', import.meta.url)),
    });
  }
}

/** Answers the path of the first session. */
async function importSessions(page: Page): Promise<string> {
  const imported = await page.request.post('/api/sessions/import', {
    data: PICTURED,
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  expect(imported.ok()).toBe(true);
  const sessions = (await (await page.request.get('/api/sessions')).json()) as {
    id: string;
    title: string;
  }[];
  return `/s/${sessions.find(({ title }) => title === PICTURED.sessions[0]?.title)?.id ?? ''}`;
}

test.skip(process.platform !== 'linux', 'Other systems draw letters otherwise');

for (const [device, options] of Object.entries(DEVICES))
  testAtLength(
    `the main states look on a ${device} as pictured`,
    async ({ browser, baseURL, server }) => {
      const context = await browser.newContext({
        baseURL: baseURL ?? '',
        locale: 'en-GB',
        timezoneId: 'UTC',
        serviceWorkers: 'block',
        // For the style of the pictures.
        bypassCSP: true,
        ...options,
      });
      context.on('page', waitForHydration);
      const page = await context.newPage();
      const chat = chatOn(page);
      await page.clock.setFixedTime(new Date(NOW));
      await chat.open();
      const session = await importSessions(page);

      await chat.open();
      await expectPictured(page, `${device}-home`);

      await page.goto(session);
      await expect(chat.replies().locator('math')).toHaveCount(3);
      await expect(chat.replies().locator('[class^=tok-]').first()).toBeVisible();
      await expectPictured(page, `${device}-chat`);

      if (device === 'phone') {
        await page.getByRole('button', { name: 'Chats', exact: true }).click();
        await expect(page.getByRole('navigation', { name: 'Your chats' })).toBeInViewport();
        await expectPictured(page, `${device}-drawer`);
      }

      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
      await expectPictured(page, `${device}-settings`);

      server.upstream.behave(status(401, { error: { message: 'Incorrect API key' } }));
      await chat.open();
      await page.getByRole('textbox', { name: 'Message' }).fill('What is a Bloom filter?');
      // Enter starts a new line on a phone.
      await page.getByRole('button', { name: 'Send' }).click();
      await expect(chat.failed()).toBeVisible();
      await expectPictured(page, `${device}-error`);
      await context.close();
    },
  );
