import { existsSync, readFileSync } from 'node:fs';
import { at, hasGlibc } from './node.mjs';

/**
 * Whether npm's record of its last install has the versions of package-lock.json. `toBuild`: including the development
 * packages and the native parts for this machine.
 */
export function isInstalled({ toBuild }) {
  const written = at('node_modules', '.package-lock.json');
  if (!existsSync(written)) return false;
  const there = packagesOf(written);
  return Object.entries(packagesOf(at('package-lock.json'))).every(
    ([place, wanted]) =>
      !(toBuild ? isForBuilding(wanted) : isForServing(wanted)) ||
      place === '' ||
      (there[place]?.version === wanted.version && there[place].integrity === wanted.integrity),
  );
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

const isForServing = ({ dev, optional, devOptional }) => !dev && !optional && !devOptional;

/** An optional package without `os` and `cpu` is a dependency of one that has them. */
const isForBuilding = ({ optional, os, cpu, libc }) =>
  !optional ||
  (os?.includes(process.platform) && cpu?.includes(process.arch) && (!libc || libc.includes(LIBC)));

const LIBC = process.platform === 'linux' && !hasGlibc() ? 'musl' : 'glibc';
