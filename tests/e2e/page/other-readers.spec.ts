import { answer } from '../../upstream/upstream';
import { expect, test, testAtLength } from '../fixtures';
import { paragraph } from '../replies/scrolling';

/** What reads a page besides eyes at a screen: a printer and a translator. */

test('paper holds the whole session and nothing else', async ({ chat, page, server }) => {
  const paragraphs = Array.from({ length: 30 }, (_, n) => paragraph(n)).join('\n\n');
  server.upstream.behave(answer(`${paragraphs}\n\n\`\`\`\n${'wide '.repeat(80)}\n\`\`\``));
  await chat.open();
  for (const question of ['The first question', 'The second', 'The last']) await chat.ask(question);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const hidden of [
    page.getByRole('complementary', { name: 'Chats' }),
    page.getByRole('textbox', { name: 'Message' }),
    page.locator('.reply').getByRole('button', { name: 'Copy' }).first(),
    page.getByRole('button', { name: 'Memory' }),
  ])
    await expect(hidden).toBeHidden();
  const height = await page.evaluate(() => {
    const question = document.querySelector('.user-message')?.getBoundingClientRect().top ?? -1;
    return { question: question + scrollY, whole: document.documentElement.scrollHeight };
  });
  expect(height.question).toBeGreaterThan(0);
  expect(height.whole).toBeGreaterThan(3000);
  const pdf = (await page.pdf()).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
  const colours = await page.evaluate(() => {
    const { colorScheme } = getComputedStyle(document.documentElement);
    const code = document.querySelector('.md-code pre');
    return { colorScheme, cut: code ? code.scrollWidth > code.clientWidth + 1 : true };
  });
  expect(colours).toEqual({ colorScheme: 'light', cut: false });
});

test('a translator that replaces the text of a reply leaves it whole, and the page alive', async ({
  chat,
  page,
  server,
}) => {
  const all = Array.from({ length: 12 }, (_, n) => `${paragraph(n)} End ${String(n)}.`);
  server.upstream.behave(answer(all.join('\n\n'), { pauseMs: 8 }));
  await chat.open();
  await page.evaluate(() => {
    const translate = (from: Element) => {
      const walker = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        if (text.parentElement?.tagName === 'FONT' || !text.data.trim()) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.append(text.data);
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    setInterval(() => {
      translate(document.body);
    }, 60);
  });
  await chat.ask('In twelve paragraphs');
  const paragraphs = chat.replies().locator('p');
  await expect(paragraphs).toHaveText(all.map((text) => text.replaceAll('**', '')));
  await expect(page.locator('.reply font').first()).toBeAttached();
  await chat.ask('And again');
  await expect(chat.replies().last()).toContainText('End 11.');
});

testAtLength(
  'extensions that insert and remove elements leave the page alive',
  async ({ chat, page, server }) => {
    server.upstream.behave(answer(`${paragraph(1)} The end.`, { pauseMs: 4 }));
    await chat.open();
    await page.evaluate(() => {
      setInterval(() => {
        for (const element of document.querySelectorAll('p, form, article, textarea')) {
          const sign = document.createElement('span');
          sign.className = 'of-an-extension';
          element.after(sign);
          element.prepend(sign.cloneNode());
        }
        for (const sign of [...document.querySelectorAll('.of-an-extension')].slice(0, -40))
          sign.remove();
      }, 60);
    });
    for (const question of ['First', 'Second']) await chat.ask(question);
    await expect(chat.replies().last()).toContainText('The end.');
    await expect(page.locator('.of-an-extension').first()).toBeAttached();
  },
);
