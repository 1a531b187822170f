import type { Page } from '@playwright/test';
import { expectAccessible } from '../accessibility';
import { expect, test, testAtLength } from '../fixtures';
import { act, row } from './session-rows';

const main = (page: Page) => page.getByRole('main');
const rows = (page: Page) => main(page).getByRole('checkbox', { name: /^Select (?!all)/ });
const pick = (page: Page, title: string) =>
  main(page).getByRole('checkbox', { name: `Select ${title}`, exact: true });
const bar = (page: Page) => main(page).getByRole('region', { name: 'Selected chats' });
const toast = (page: Page, text: string) => page.getByText(text, { exact: true });

/** Sessions of this visitor, by the API: their titles in this order, the last one newest. */
async function given(page: Page, ...titles: string[]): Promise<void> {
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  for (const title of titles) {
    const made = await page.request.post('/api/sessions', { data: { title }, headers });
    expect(made.status()).toBe(200);
  }
}

test('many sessions are selected by range and all at once, deleted together, and brought back', async ({
  page,
  context,
}) => {
  await given(page, 'One', 'Two', 'Three', 'Four');
  const other = await context.newPage();
  await other.goto('/s');
  await expect(rows(other)).toHaveCount(4);
  await page.goto('/s');
  await pick(page, 'Three').check();
  await pick(page, 'Two').press('Shift+Space');
  await expect(bar(page)).toContainText('2 selected');
  await pick(page, 'One').click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('3 selected');
  await expect(pick(page, 'Four')).not.toBeChecked();
  await expectAccessible(page);
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, '3 chats deleted')).toBeVisible();
  for (const tab of [page, other]) {
    await expect(rows(tab)).toHaveCount(1);
    await expect(row(tab, 'One')).toHaveCount(0);
  }
  await expect(bar(page)).toHaveCount(0);
  await expect(main(page).getByRole('checkbox', { name: 'Select all shown' })).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  for (const tab of [page, other]) await expect(rows(tab)).toHaveCount(4);

  const all = main(page).getByRole('checkbox', { name: 'Select all shown' });
  await all.check();
  await expect(bar(page)).toContainText('4 selected');
  const download = page.waitForEvent('download');
  await bar(page).getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Export as Markdown' }).click();
  expect((await download).suggestedFilename()).toMatch(/^ask-next_.*\.md$/);
  await bar(page).getByRole('button', { name: 'Archive' }).click();
  await expect(toast(page, '4 chats archived')).toBeVisible();
  await expect(main(page).getByText('No chats yet.')).toBeVisible();
  await main(page).getByRole('link', { name: 'Archived' }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(main(page).getByRole('listitem').first()).toContainText('Archived today');
  await expectAccessible(page);
});

testAtLength(
  'Undo takes back only what the action changed, not what another tab had archived before',
  async ({ page }) => {
    await given(page, 'Mine', 'Theirs');
    await page.goto('/s');
    await main(page).getByRole('checkbox', { name: 'Select all shown' }).check();
    const path = await main(page).getByRole('link', { name: 'Theirs' }).getAttribute('href');
    await page.route('**/api/sessions/bulk', async (route) => {
      const archived = await page.request.patch(`/api${path?.replace('/s/', '/sessions/') ?? ''}`, {
        data: { archived: true },
        headers: { 'Sec-Fetch-Site': 'same-origin' },
      });
      expect(archived.status()).toBe(200);
      await route.continue();
      await page.unroute('**/api/sessions/bulk');
    });
    await bar(page).getByRole('button', { name: 'Archive' }).click();
    await expect(toast(page, '1 chat archived')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(toast(page, '1 chat unarchived')).toBeVisible();
    await expect(main(page).getByRole('link', { name: 'Mine' })).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
  },
);

test('a choice in the filters that was made before hydration counts', async ({ page }) => {
  await given(page, 'B', 'A');
  let gate = Promise.withResolvers<void>();
  await page.route('**/*.js*', async (route) => {
    await gate.promise;
    await route.continue();
  });
  await page.goto('/s', { waitUntil: 'commit' });
  await main(page).getByRole('combobox', { name: 'Sort by' }).selectOption('Title');
  gate.resolve();
  await expect(page).toHaveURL('/s?sort=title');
  await expect(main(page).getByRole('link', { name: /^[AB]$/ })).toHaveText(['A', 'B']);
  gate = Promise.withResolvers<void>();
  await page.goto('/s?sort=title', { waitUntil: 'commit' });
  await main(page).getByRole('combobox', { name: 'Sort by' }).selectOption('Last activity');
  gate.resolve();
  await expect(page).toHaveURL('/s');
});

testAtLength(
  'on a phone many are selected, tagged and filtered by touch',
  async ({ phone: page }) => {
    await given(page, 'Rome', 'Oslo', 'Bread');
    await page.goto('/s');
    await pick(page, 'Rome').tap();
    await pick(page, 'Oslo').tap();
    await expect(bar(page)).toContainText('2 selected');
    await expectAccessible(page);
    await bar(page).getByRole('button', { name: 'Tags…' }).tap();
    const dialog = page.getByRole('dialog', { name: 'Tags of 2 chats' });
    await dialog.getByRole('textbox', { name: 'New tag' }).fill('Travel');
    await dialog.getByRole('button', { name: 'Save' }).tap();
    await expect(main(page).getByRole('link', { name: 'Travel' })).toHaveCount(2);
    await bar(page).getByRole('button', { name: 'Clear selection' }).tap();
    await main(page).getByRole('link', { name: 'Travel' }).first().tap();
    await expect(rows(page)).toHaveCount(2);
    await main(page).getByRole('combobox', { name: 'Tag' }).selectOption('Any');
    await expect(rows(page)).toHaveCount(3);
    await main(page).getByRole('checkbox', { name: 'Select all shown' }).tap();
    await bar(page).getByRole('button', { name: 'Delete' }).tap();
    await expect(toast(page, '3 chats deleted')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect(rows(page)).toHaveCount(3);
  },
);

test('tags are added to many sessions, shown in the rows, and filter the list, also without a script', async ({
  page,
  browser,
  baseURL,
}) => {
  await given(page, 'Rome', 'Oslo', 'Bread');
  await page.goto('/s');
  await pick(page, 'Rome').check();
  await pick(page, 'Oslo').check();
  await bar(page).getByRole('button', { name: 'Tags…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tags of 2 chats' });
  await dialog.getByRole('textbox', { name: 'New tag' }).fill('travel');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByRole('checkbox', { name: 'travel' })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(main(page).getByRole('link', { name: 'travel' })).toHaveCount(2);
  await expect(main(page).getByRole('listitem').getByText('Today')).toHaveCount(3);

  // A program wrote the same tag in another case: one choice, on all of them.
  await page.evaluate(async () => {
    const sessions = (await (await fetch('/api/sessions')).json()) as { id: string }[];
    const bread = sessions[0]?.id ?? '';
    await fetch(`/api/sessions/${bread}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ tags: ['TRAVEL'] }),
    });
  });
  await expect(main(page).getByRole('link', { name: 'TRAVEL', exact: true })).toBeVisible();
  await main(page).getByRole('checkbox', { name: 'Select all shown' }).check();
  await bar(page).getByRole('button', { name: 'Tags…' }).click();
  const all = page.getByRole('dialog', { name: 'Tags of 3 chats' });
  await expect(all.getByRole('checkbox')).toHaveCount(1);
  await expect(all.getByRole('checkbox', { name: 'travel' })).toBeChecked();
  await all.getByRole('button', { name: 'Cancel' }).click();

  await page.reload();
  await act(page, 'Rome', 'Tags…');
  const one = page.getByRole('dialog', { name: 'Tags of “Rome”' });
  await expect(one.getByRole('checkbox', { name: 'travel' })).toBeChecked();
  await one.getByRole('textbox', { name: 'New tag' }).fill('Italy');
  await one.getByRole('button', { name: 'Save' }).click();
  await main(page).getByRole('link', { name: 'Italy' }).click();
  await expect(page).toHaveURL('/s?tag=Italy');
  await expect(rows(page)).toHaveCount(1);
  await main(page).getByRole('combobox', { name: 'Tag' }).selectOption('travel');
  await expect(page).toHaveURL('/s?tag=travel');
  await expect(rows(page)).toHaveCount(3);
  await main(page).getByRole('combobox', { name: 'Sort by' }).selectOption('Title');
  await expect(main(page).getByRole('link', { name: /Rome|Oslo|Bread/ })).toHaveText([
    'Bread',
    'Oslo',
    'Rome',
  ]);

  const state = await page.context().storageState();
  const plain = await browser.newContext({
    storageState: state,
    javaScriptEnabled: false,
    baseURL: baseURL ?? '',
  });
  const bare = await plain.newPage();
  await bare.goto('/s');
  await bare.getByRole('combobox', { name: 'Tag' }).selectOption('Italy');
  await bare.getByRole('button', { name: 'Show' }).click();
  await expect(bare.getByRole('main').getByRole('link', { name: 'Rome' })).toBeVisible();
  await expect(bare.getByRole('main').getByRole('link', { name: 'Oslo' })).toHaveCount(0);
  await plain.close();
});

test('pinned sessions stand first; in the trash many are restored or deleted permanently', async ({
  page,
}) => {
  await given(page, 'One', 'Two', 'Three');
  await page.goto('/s');
  await pick(page, 'One').check();
  await bar(page).getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(main(page).getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await expect(rows(page).first()).toHaveAccessibleName('Select One');
  await expect(rows(page)).toHaveCount(3);
  await main(page).getByRole('checkbox', { name: 'Select all shown' }).check();
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await main(page).getByRole('link', { name: 'Recently deleted' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expectAccessible(page);
  await pick(page, 'One').check();
  await bar(page).getByRole('button', { name: 'Restore' }).click();
  await expect(rows(page)).toHaveCount(2);
  await main(page).getByRole('checkbox', { name: 'Select all shown' }).check();
  await bar(page).getByRole('button', { name: 'Delete permanently…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 2 chats permanently?' });
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(page.getByText(/^No deleted chats/)).toBeVisible();
  await expect(row(page, 'One')).toBeVisible();
});
