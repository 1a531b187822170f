import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../accessibility';
import { chatOn, expect, test, testAtLength } from '../fixtures';
import { row } from './session-rows';

const node = (id: string, parent: string | null, role: string, text: string) => ({
  id,
  parent,
  message: { author: { role }, content: { content_type: 'text', parts: [text] } },
});

const conversation = (id: string, title: string, nodes: ReturnType<typeof node>[]) => ({
  conversation_id: id,
  title,
  mapping: Object.fromEntries(nodes.map((each) => [each.id, each])),
});

const asked = node('q', null, 'user', 'Where to?');
const metadata = { attachments: [{ name: 'map.png', mime_type: 'image/png' }] };
const ROME = [
  { ...asked, message: { ...asked.message, metadata } },
  node('a', 'q', 'assistant', 'To **Rome**.'),
];
const FILE = [
  conversation('1', 'Rome in May', ROME),
  conversation('2', 'Going round', [node('x', 'y', 'user', '1'), node('y', 'x', 'user', '2')]),
];

async function openImport(page: Page) {
  await page.getByRole('button', { name: 'Your data' }).click();
  await page.getByRole('menuitem', { name: 'Import…' }).click();
  return page.getByRole('dialog', { name: 'Import conversations' });
}

const choose = (page: Page, content: string) =>
  page.getByLabel('Choose a file').setInputFiles({
    name: 'export.json',
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });

test('a file is read, reported, imported, and the same the next time; everything can be exported', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Stays');
  const dialog = await openImport(page);
  await choose(page, '{"no": "conversation"}');
  await expect(dialog.getByRole('alert')).toContainText('No conversations were found');
  await choose(page, JSON.stringify(FILE));
  await expect(dialog.getByRole('heading', { name: 'In export.json' })).toBeVisible();
  await expect(dialog.getByText('1 new')).toBeVisible();
  await expect(dialog.getByText('An image or other file is left out')).toBeVisible();
  const list = dialog.getByRole('list', { name: 'Conversations in this file' });
  await expect(list.getByRole('listitem').filter({ hasText: 'Going round' })).toContainText(
    'Its messages reply to each other in a loop.',
  );
  await expect(row(page, 'Rome in May')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Import 1 chat' }).click();
  await expect(dialog.getByRole('heading', { name: 'Import finished' })).toBeVisible();
  await expect(dialog.getByText('1 imported')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await openImport(page);
  await choose(page, JSON.stringify(FILE));
  await expect(dialog.getByText('1 already here')).toBeVisible();
  await expect(dialog.getByText('There is nothing to import')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await row(page, 'Rome in May').getByRole('link').click();
  await expect(page.getByText('To Rome.')).toBeVisible();
  await expect(page.getByText('[Image: map.png]')).toBeVisible();

  // Said here and in the newer file: nothing is overwritten, and the report says what one can do.
  await chat.ask('And when?');
  const newer = node('q2', 'a', 'user', 'How long?');
  await openImport(page);
  await choose(page, JSON.stringify([conversation('1', 'Rome in May', [...ROME, newer])]));
  await expect(dialog.getByText('1 changed here and in the file')).toBeVisible();
  await expect(dialog.getByText(/nothing is overwritten.*fork/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Your data' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export everything' }).click();
  const file = readFileSync(await (await download).path(), 'utf8');
  const { sessions } = JSON.parse(file) as { sessions: { title: string | null }[] };
  expect(sessions.map(({ title }) => title)).toContain('Rome in May');
});

testAtLength('on a telephone the report fits the screen', async ({ phone }) => {
  await chatOn(phone).open();
  await phone.getByRole('button', { name: 'Chats', exact: true }).tap();
  const dialog = await openImport(phone);
  await choose(phone, JSON.stringify(FILE));
  await expect(dialog.getByRole('button', { name: 'Import 1 chat' })).toBeInViewport();
});
