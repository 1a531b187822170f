import type { Page } from '@playwright/test';

/** A session with these messages, questions and replies in turn, made by one request; resolves with its path. */
export async function givenSession(
  page: Page,
  name: string,
  texts: readonly string[],
): Promise<string> {
  const chat_messages = texts.map((text, n) => ({
    uuid: String(n),
    sender: n % 2 === 0 ? 'human' : 'assistant',
    text,
  }));
  const answered = await page.request.post('/api/sessions/import', {
    data: [{ uuid: name, name, chat_messages }],
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  const id = /"session_id":"([^"]+)"/.exec(await answered.text())?.[1];
  if (id === undefined) throw new Error(`Nothing was imported: ${String(answered.status())}`);
  return `/s/${id}`;
}
