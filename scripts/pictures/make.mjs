/**
 * `npm run pictures`: the pictures of the README, from the running program. With words (`npm run pictures -- films`) only
 * some: `films` or `stills`.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build, buildIsStale } from '../steps/build.mjs';
import { provideBrowser } from '../steps/browser.mjs';
import { at } from '../steps/node.mjs';
import { writeFilm, writeStill } from './encode.mjs';
import { rateLimit, streaming } from './films.mjs';
import { stills } from './stills.mjs';

const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

const problem = (buildIsStale() ? await build({ show: true }) : null) ?? (await provideBrowser());
if (problem) {
  console.error(problem);
  process.exit(1);
}
if (isWanted('films')) {
  await writeFilm(at('docs', 'streaming.gif'), await streaming());
  await writeFilm(at('docs', 'rate-limit.gif'), await rateLimit());
}
if (isWanted('stills')) {
  mkdirSync(at('docs', 'pictures'), { recursive: true });
  for (const { name, shot } of await stills())
    await writeStill(path.join(at('docs', 'pictures'), `${name}.png`), shot);
}
