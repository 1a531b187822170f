import { readFileSync } from 'node:fs';

const LOOK_MS = 25;

/** How long a busy machine kept processes waiting that were ready to run, in sum. Only Linux says. */
export interface Starvation {
  /** From `at` until the watch has ended, in ms; a little more when `at` lies between two looks. */
  since(at: number): number;
  /** Ends the watch. */
  end(): void;
}

export function watchStarvation(...pids: number[]): Starvation {
  const looks = [{ at: -Infinity, waited: 0 }];
  const look = () => looks.push({ at: performance.now(), waited: sum(pids.map(waitedMs)) });
  look();
  const looking = setInterval(look, LOOK_MS);
  return {
    since: (at) =>
      (looks.at(-1)?.waited ?? 0) - (looks.findLast((each) => each.at <= at)?.waited ?? 0),
    end() {
      clearInterval(looking);
      look();
    },
  };
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);

function waitedMs(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const [, waited] = readFileSync(`/proc/${String(pid)}/schedstat`, 'utf8').split(' ');
  return Number(waited) / 1e6;
}
