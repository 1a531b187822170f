import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApp } from '../../programs/app';
import { chatOn, expect, testAtLength } from '../fixtures';

const MAX = 10_000;
const SHOWN = MAX.toLocaleString('en');

testAtLength(
  `with CHAT_MESSAGE_MAX_CHARS=${String(MAX)} a message of ${SHOWN} characters is sent, and no longer one`,
  async ({ server, page }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-cap-'));
    const app = await startApp({
      DATABASE_URI: `sqlite://${folder}/app.db`,
      OPENAI_BASE_URL: server.upstream.url,
      CHAT_MEMORY_ENABLED: 'false',
      CHAT_MESSAGE_MAX_CHARS: String(MAX),
    });
    const chat = chatOn(page);
    await chat.open(app.url);
    const field = page.getByRole('textbox', { name: 'Message' });
    const send = page.getByRole('button', { name: 'Send' });
    const emoji = '🌊';
    await field.fill(emoji + 'x'.repeat(MAX));
    await expect(page.getByText(`${(MAX + 1).toLocaleString('en')} / ${SHOWN}`)).toBeVisible();
    await expect(send).toBeDisabled();
    await field.fill(emoji + 'x'.repeat(MAX - 1));
    await expect(page.getByText(`${SHOWN} / ${SHOWN}`)).toBeVisible();
    await field.press('Enter');
    await expect(chat.replies()).toHaveCount(1);
    await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
    const sent = server.upstream.requests.at(-1)?.body.messages.at(-1)?.content ?? '';
    expect(Array.from(sent)).toHaveLength(MAX);
    // Otherwise its open streams break off, and the browser complains.
    await page.close();
    await app.stop('SIGKILL');
    rmSync(folder, { recursive: true });
  },
);
