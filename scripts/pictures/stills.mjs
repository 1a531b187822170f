import { NOW, SESSIONS } from './conversations.mjs';
import { openStage, settled } from './stage.mjs';

const DESKTOP = { viewport: { width: 1280, height: 940 }, deviceScaleFactor: 1.5 };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
const PLACES = [
  { name: 'chat', on: DESKTOP },
  { name: 'memory', on: DESKTOP, prepare: openMemory },
  { name: 'phone', on: PHONE },
];
const SCHEMES = ['light', 'dark'];

/** Pictures of the same chat, each in both colour schemes: `{name, shot}`. */
export async function stills() {
  const stage = await openStage({ CHAT_MEMORY_ENABLED: 'true' });
  const taken = [];
  try {
    for (const { name, on, prepare } of PLACES) {
      const page = await stage.open(on);
      await page.clock.setFixedTime(new Date(NOW));
      await page.goto(`/s/${await importSessions(page)}`);
      await settled(page);
      await prepare?.(page);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await endOfTransitions(page);
        const shot = await page.screenshot({ animations: 'disabled' });
        taken.push({ name: `${name}-${colorScheme}`, shot });
      }
      await page.context().close();
    }
  } finally {
    await stage.close();
  }
  return taken;
}

/** Answers the id of the first one. */
async function importSessions(page) {
  await page.goto('/');
  await page.evaluate(async (file) => {
    const answer = await fetch('/api/sessions/import', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(file),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }, SESSIONS);
  const { title } = SESSIONS.sessions[0];
  const sessions = await (await page.request.get('/api/sessions')).json();
  return sessions.find((each) => each.title === title).id;
}

async function openMemory(page) {
  await page.getByRole('button', { name: 'Memory' }).click();
  await page
    .getByRole('dialog')
    .or(page.getByRole('complementary', { name: 'Memory' }))
    .first()
    .waitFor();
}

async function endOfTransitions(page) {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
  );
  await page.waitForFunction(() => !document.querySelector('.reply[aria-busy="true"]'));
}
