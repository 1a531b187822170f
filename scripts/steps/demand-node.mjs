/** Read by whatever Node the host has, however old: no import of ours, and no syntax that is newer than Node 12. */
const OLDEST = [20, 9];

/** For what brings a newer Node along. */
export function demandNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  end(
    `is too old to begin with. Install Node ${OLDEST.join('.')} or newer, from https://nodejs.org.`,
  );
}

/** For what runs on the Node that it was started with: it must read TypeScript. */
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
