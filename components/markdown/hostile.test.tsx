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
  { size: 4_000, times: 6, ways: [false, true] },
  { size: 100_000, times: 3, ways: [true] },
])(
  'no text of $size characters takes longer than $times times an ordinary one',
  ({ size, times, ways }) => {
    const most = times * Math.max(cost(ordinary(size), false), 10);
    const slow = Object.entries(hostile).flatMap(([name, make]) =>
      ways.flatMap((streaming) => {
        const text = make(size);
        if (cpuMs(() => html(text, streaming)) <= most) return [];
        const surely = cost(text, streaming);
        return surely > most ? [`${name}: ${surely} ms, not ${most}`] : [];
      }),
    );
    expect(slow).toEqual([]);
  },
  120_000,
);
