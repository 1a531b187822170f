import { beforeAll, expect, test } from 'vitest';
import { answers } from './fixtures/answers';
import { hostile } from './fixtures/hostile';
import { formulasLoaded, html } from './testing';

beforeAll(formulasLoaded);

const cpuMs = (work: () => void) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** The best of three, to reduce noise from other load. */
const cost = (text: string, streaming: boolean) =>
  Math.min(...[1, 2, 3].map(() => cpuMs(() => html(text, streaming))));

const ordinary = (size: number) =>
  answers
    .join('\n\n')
    .repeat(Math.ceil(size / 2_000))
    .slice(0, size);

test('no text of 4000 characters takes longer than six ordinary ones', () => {
  const most = 6 * Math.max(cost(ordinary(4_000), false), 10);
  const slow = Object.entries(hostile).flatMap(([name, make]) =>
    [false, true].flatMap((streaming) => {
      const text = make(4_000);
      if (cpuMs(() => html(text, streaming)) <= most) return [];
      const surely = cost(text, streaming);
      return surely > most ? [`${name}: ${surely} ms, not ${most}`] : [];
    }),
  );
  expect(slow).toEqual([]);
}, 120_000);

test('code that is cubic for a grammar costs no more than other code', () => {
  const code = (unit: string) => `\`\`\`jsx\n${`${unit.repeat(200)}\n`.repeat(20)}\`\`\`\n`;
  const most = 10 * Math.max(cost(code('a '), false), 10);
  for (const unit of ['"`', "'`", "`'", '~~~_', ".'"])
    expect(cost(code(unit), false), unit).toBeLessThan(most);
});
