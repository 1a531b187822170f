/** Read by whatever Node the host has, however old: no import, and no syntax that is newer than Node 12. */
const OLDEST = [20, 9];

export function demandNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  const words = [
    `Node ${process.versions.node} is too old to begin with.`,
    `Install Node ${OLDEST.join('.')} or newer, from https://nodejs.org.`,
  ];
  console.error(words.join(' '));
  process.exit(1);
}
