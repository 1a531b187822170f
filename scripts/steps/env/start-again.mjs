/** Variables that Node reads only at its start. */
const READ_AT_START = /^(NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY|(HTTPS?|NO)_PROXY)$/i;

/** If one of these was set only now, starts Node again in the same process, with all of them in its environment. */
export function startAgainWith(names) {
  const late = new Set(names.filter((name) => READ_AT_START.test(name)));
  if (late.size === 0) return;
  if (process.platform === 'win32') {
    console.error(
      `${[...late].join(', ')}: too late for this command. Use npm start, or set NODE_USE_ENV_PROXY=1 and these before.`,
    );
    return;
  }
  const [node] = process.argv;
  process.execve(node, [node, ...process.execArgv, ...process.argv.slice(1)], process.env);
}
