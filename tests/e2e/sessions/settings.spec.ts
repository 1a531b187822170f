import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

test('a session has its own system prompt, model and temperature, and each reply says what the model saw', async ({
  chat,
  page,
  server,
}) => {
  await chat.open();
  await chat.ask('One');
  await page
    .locator('.topbar')
    .getByRole('button', { name: /^Actions/ })
    .click();
  await page.getByRole('menuitem', { name: 'Chat settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Chat settings' });
  const instructions = dialog.getByRole('textbox', { name: 'System prompt' });
  await expect(instructions).toHaveAttribute('placeholder', 'You are a helpful assistant.');
  await expectAccessible(page);
  await instructions.fill('Answer in Latin.');
  await dialog.getByRole('combobox', { name: 'Model' }).selectOption('gpt-4');
  await dialog.getByRole('spinbutton', { name: 'Temperature' }).fill('0.2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('body')).not.toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('gpt-4');

  await chat.ask('Two');
  expect(server.upstream.requests.at(-1)?.body).toMatchObject({ model: 'gpt-4', temperature: 0.2 });
  const reply = chat.replies().last();
  await reply.locator('.reply-facts > summary').click();
  await reply.getByRole('button', { name: 'What the model saw' }).click();
  const seen = page.getByRole('dialog', { name: 'What the model saw' });
  await expect(seen.getByText('Answer in Latin.')).toBeVisible();
  await expect(seen.getByRole('listitem')).toHaveText([/One/, /Hello from upstream/, /Two/]);
  await expect(seen.getByText('Nothing was left out.')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(seen).toHaveCount(0);

  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('gpt-4');
});
