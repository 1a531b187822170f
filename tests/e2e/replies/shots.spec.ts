import { cited, DONE, FINISH, openStream, thought, token } from '../../upstream/upstream';
import { test } from '../fixtures';

test('shots', async ({ chat, page, server }) => {
  server.upstream.behave((response) => {
    openStream(response).write(thought('I look it up.') + token('The sky is blue because air scatters **short** wavelengths more[1][2].'));
    const more = { choices: [{ index: 0, delta: {} }], search_results: [
      { url: 'https://en.wikipedia.org/wiki/Rayleigh_scattering', title: 'Rayleigh scattering - Wikipedia' },
      { url: 'https://www.nasa.gov/why-is-the-sky-blue', title: 'Why Is the Sky Blue? | NASA Space Place, a very long title that goes on and on over more than one line of a phone' },
      { url: 'https://math.ucr.edu/home/baez/physics/General/BlueSky/blue_sky.html' },
      { url: 'https://averyveryverylongsubdomainnamethatdoesnotfit.anotherverylongname.example.com/a', title: 'T' },
    ] };
    response.end(`data: ${JSON.stringify(more)}\n\n` + cited('https://five.example/') + FINISH + DONE);
  });
  for (const [name, size] of [['desktop', { width: 1280, height: 800 }], ['phone', { width: 390, height: 844 }]] as const)
    for (const scheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: scheme });
      if (name === 'desktop' && scheme === 'light') {
        await chat.open();
        await chat.send('Why is the sky blue?');
        await page.locator('.sources summary').waitFor();
        await page.locator('.reply[aria-busy=false]').waitFor();
      }
      await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-closed.png` });
      await page.locator('.sources summary').click();
      await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-open.png` });
      await page.locator('.sources summary').click();
    }
});
