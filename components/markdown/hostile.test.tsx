import { expect, test } from 'vitest';
import { answers } from './fixtures/answers';
import { hostile } from './fixtures/hostile';
import { html } from './testing';

const cpuMs = (work: () => void) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** The best of three, so that what else the machine does counts for less. */
const cost = (text: string, streaming: boolean) =>
  Math.min(...[1, 2, 3].map(() => cpuMs(() => html(text, streaming))));

const ordinary = (size: number) =>
  answers
    .join('\n\n')
    .repeat(Math.ceil(size / 2_000))
    .slice(0, size);

test.each([
  [4_000, 6],
  [100_000, 3],
])(
  'no text of %i characters takes longer than %i times an ordinary one',
  (size, times) => {
    const usual = Math.max(cost(ordinary(size), false), 10);
    const slow = Object.entries(hostile).flatMap(([name, make]) =>
      [false, true].flatMap((streaming) => {
        const text = make(size);
        const once = cpuMs(() => html(text, streaming));
        return once > times * usual && cost(text, streaming) > times * usual
          ? [`${name}: ${once}`]
          : [];
      }),
    );
    expect(slow, `an ordinary one takes ${usual} ms`).toEqual([]);
  },
  120_000,
);
