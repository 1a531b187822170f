import { readFileSync } from 'node:fs';

const LOOK_MS = 25;

/** How long a busy machine kept one of these processes waiting, the one that waited most. Only Linux says. */
export interface Starvation {
  /** From `at` until the watch has ended, in ms; a little more when `at` lies between two looks. */
  since(at: number): number;
  /** Ends the watch. */
  end(): void;
}

export function watchStarvation(...pids: number[]): Starvation {
  const looks: { at: number; waited: number[] }[] = [];
  const look = () => looks.push({ at: performance.now(), waited: pids.map(waitedMs) });
  look();
  const looking = setInterval(look, LOOK_MS);
  return {
    since(at) {
      const before = (looks.findLast((each) => each.at <= at) ?? looks[0])?.waited ?? [];
      const after = looks.at(-1)?.waited ?? [];
      return Math.max(...after.map((waited, n) => waited - (before[n] ?? 0)));
    },
    end() {
      clearInterval(looking);
      look();
    },
  };
}

function waitedMs(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const [, waited] = readFileSync(`/proc/${String(pid)}/schedstat`, 'utf8').split(' ');
  return Number(waited) / 1e6;
}
