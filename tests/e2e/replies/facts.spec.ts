import { DONE, FINISH, USAGE, openStream, token } from '../../upstream/upstream';
import { chatOn, expect, test } from '../fixtures';

test('a reply says what it cost and a session its tokens, by keyboard and by touch, and nothing moves', async ({
  phone,
  server,
}) => {
  const gate = Promise.withResolvers<void>();
  server.upstream.behave(async (response) => {
    openStream(response).write(token('Hi'));
    await gate.promise;
    response.end(FINISH + USAGE + DONE);
  });
  const chat = chatOn(phone);
  await chat.open();
  const pill = phone.getByRole('button', { name: 'Tokens of this chat' });
  await expect(pill).toHaveCount(0);
  await phone.getByRole('combobox', { name: 'Model' }).selectOption('gpt-4');
  await phone.getByRole('textbox', { name: 'Message' }).fill('What does it cost?');
  await phone.getByRole('button', { name: 'Send' }).tap();
  const reply = chat.replies();
  await expect(reply.locator('p')).toHaveText('Hi');
  const place = () => reply.boundingBox();
  const before = await place();
  expect(before).not.toBeNull();
  gate.resolve();

  const line = reply.locator('.reply-facts > summary');
  await expect(line).toHaveText(/gpt-4 · 3 tokens · [<\d.]+ s · .*\d:\d\d [AP]M$/);
  await expect(pill).toHaveText(/10 tokens\s*<1%/);
  expect(await place()).toEqual(before);

  await line.press('Enter');
  await expect(reply.getByRole('term')).toHaveText([
    'Model',
    'Tokens in',
    'Tokens out',
    'Time to first token',
    'Total time',
    'Written',
  ]);
  await expect(reply.getByRole('definition').nth(1)).toHaveText('7');
  await phone.setViewportSize({ width: 320, height: 640 });
  const devtools = await phone.context().newCDPSession(phone);
  await devtools.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Tokyo' });
  await phone.reload();
  await expect(line).toBeVisible();
  const address = new URL(phone.url()).pathname.replace('/s/', '/api/sessions/');
  const { messages } = (await (await phone.request.get(address)).json()) as {
    messages: { created_at: string }[];
  };
  const tokyo = new Intl.DateTimeFormat('en-US', { timeStyle: 'short', timeZone: 'Asia/Tokyo' });
  const written = tokyo.format(new Date(messages.at(-1)!.created_at));
  await expect(line).toContainText(written);
  await pill.tap();
  const meaning = phone.getByRole('note');
  await expect(meaning).toContainText('10 of the 8,192 tokens that the model can read: <1%');
  await expect(meaning).toBeInViewport({ ratio: 1 });
  const overflow = await phone.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
