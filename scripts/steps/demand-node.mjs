/** Must run on any old Node: no imports of ours, and no syntax newer than Node 12. */
const OLDEST = [20, 9];

/** For commands that install a newer Node. */
export function demandNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  end(
    `is too old to begin with. Install Node ${OLDEST.join('.')} or newer, from https://nodejs.org.`,
  );
}

/** For commands that run on the Node that started them: it must support TypeScript. */
export function demandServingNode() {
  if (process.features.typescript) return;
  end(
    'is too old to run this: it takes 22.18 or newer of Node 22, Node 24 or Node 26. `npm start` brings one along where it can.',
  );
}

function end(words) {
  console.error(`Node ${process.versions.node} ${words}`);
  process.exit(1);
}
