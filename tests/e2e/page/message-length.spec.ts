import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApp } from '../../programs/app';
import { chatOn, expect, test } from '../fixtures';

/** The cap is the operator's: the page counts by it, and sends a message of that length. */
for (const max of [100, 100_000]) {
  const shown = max.toLocaleString('en');
  test(`with CHAT_MESSAGE_MAX_CHARS=${String(max)} a message of ${shown} characters is sent, and no longer one`, async ({
    server,
    page,
  }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-cap-'));
    const app = await startApp({
      DATABASE_URI: `sqlite://${folder}/app.db`,
      OPENAI_BASE_URL: server.upstream.url,
      CHAT_MEMORY_ENABLED: 'false',
      CHAT_MESSAGE_MAX_CHARS: String(max),
    });
    const chat = chatOn(page);
    await chat.open(app.url);
    const field = page.getByRole('textbox', { name: 'Message' });
    const send = page.getByRole('button', { name: 'Send' });
    const emoji = '🌊';
    await field.fill(emoji + 'x'.repeat(max));
    await expect(page.getByText(`${(max + 1).toLocaleString('en')} / ${shown}`)).toBeVisible();
    await expect(send).toBeDisabled();
    await field.fill(emoji + 'x'.repeat(max - 1));
    await expect(page.getByText(`${shown} / ${shown}`)).toBeVisible();
    await field.press('Enter');
    await expect(chat.replies()).toHaveCount(1);
    await expect(chat.replies().last()).toHaveAttribute('aria-busy', 'false');
    const sent = server.upstream.requests.at(-1)?.body.messages.at(-1)?.content ?? '';
    expect(Array.from(sent)).toHaveLength(max);
    // Otherwise its open streams break off, and the browser complains.
    await page.close();
    await app.stop('SIGKILL');
    rmSync(folder, { recursive: true });
  });
}
