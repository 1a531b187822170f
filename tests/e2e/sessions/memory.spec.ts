import { answer } from '../../upstream/upstream';
import { expect, test } from '../fixtures';

test('the memory is shown, edited, switched off and deleted', async ({ chat, page, server }) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  await expect
    .poll(async () => {
      const id = page.url().split('/').at(-1) ?? '';
      const response = await page.request.get(`/api/sessions/${id}/memory`);
      return ((await response.json()) as { memory: string | null }).memory;
    })
    .toBe('- likes tea');
  await page.getByRole('button', { name: 'Memory' }).click();
  const text = page.getByRole('textbox', { name: 'What is remembered' });
  await expect(text).toHaveValue('- likes tea');
  await text.fill('- likes coffee');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The memory is saved')).toBeAttached();
  await page.getByText('Use and update the memory').click();
  await page.reload();
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(text).toHaveValue('- likes coffee');
  await expect(page.getByRole('switch', { name: 'Use and update the memory' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(text).toHaveValue('');
  // One's own save is no conflict with further typing.
  await text.fill('- likes water');
  await page.getByRole('button', { name: 'Save' }).click();
  await text.fill('- likes milk');
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(page.getByText('The memory is forgotten')).toBeAttached();
  await expect(page.getByRole('alert', { name: 'Changed elsewhere' })).toHaveCount(0);
  await expect(text).toHaveValue('- likes milk');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The memory is saved')).toBeAttached();
});

test('an edit of the memory survives closing its panel, which opens only for its session', async ({
  chat,
  page,
  server,
}) => {
  server.upstream.behaveMerging(answer('- likes tea'));
  await chat.open();
  await chat.ask('I like tea');
  const panel = page.getByRole('dialog', { name: 'Memory' });
  const text = page.getByRole('textbox', { name: 'What is remembered' });
  await page.getByRole('button', { name: 'Memory' }).click();
  await expect(text).toHaveValue('- likes tea');
  await text.fill('- likes coffee');
  // A text selection that ends outside of the panel.
  const { x, y } = (await text.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 80, y + 20);
  await page.mouse.down();
  await page.mouse.move(x - 200, y + 20);
  await page.mouse.up();
  await expect(panel).toBeVisible();
  for (const close of [
    () => page.mouse.click(x - 200, y + 20),
    () => page.keyboard.press('Escape'),
  ]) {
    await close();
    await expect(panel).toHaveCount(0);
    await page.getByRole('button', { name: 'Memory' }).click();
    await expect(text).toHaveValue('- likes coffee');
  }
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(text).toHaveValue('- likes tea');
  await expect(text).toBeFocused();

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  await chat.ask('Something else');
  await expect(panel).toHaveCount(0);
});
