/** Puts what draws diagrams where the server has its files. Browsers load it with the first diagram. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../steps/node.mjs';

const PLACE = at('public', 'diagrams');

/** Does nothing where it is done. */
export function placeDiagrams() {
  const mermaid = at('node_modules', 'mermaid');
  const { version } = JSON.parse(readFileSync(path.join(mermaid, 'package.json'), 'utf8'));
  const code = path.join(PLACE, version);
  if (!existsSync(code)) {
    rmSync(PLACE, { recursive: true, force: true });
    mkdirSync(PLACE, { recursive: true });
    copyScripts(path.join(mermaid, 'dist'), code);
  }
  const source = (name) => readFileSync(at('scripts', 'diagrams', name), 'utf8');
  writeFileSync(path.join(PLACE, 'frame.html'), source('frame.html'));
  writeFileSync(path.join(PLACE, 'frame.js'), source('frame.js').replace('MERMAID', version));
}

/** Mermaid as modules, of which a diagram loads those of its kind. */
function copyScripts(from, to) {
  const chunks = path.join('chunks', 'mermaid.esm.min');
  const filter = (file) => !file.endsWith('.map');
  cpSync(path.join(from, chunks), path.join(to, chunks), { recursive: true, filter });
  cpSync(path.join(from, 'mermaid.esm.min.mjs'), path.join(to, 'mermaid.esm.min.mjs'));
}
