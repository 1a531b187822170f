import type { Page } from '@playwright/test';

/** A session in the sidebar, by its title. */
export const row = (page: Page, title: string) =>
  page
    .getByRole('navigation', { name: 'Your chats' })
    .getByRole('listitem')
    .filter({ hasText: title });

/** Chooses an action from the menu of a session in the sidebar. */
export async function act(page: Page, title: string, action: string): Promise<void> {
  await row(page, title).hover();
  await row(page, title)
    .getByRole('button', { name: /Actions/ })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Waits for the answer to a change of a session: the page shows the change before the server has it. */
export async function changed(page: Page, change: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await change();
  await answered;
}
