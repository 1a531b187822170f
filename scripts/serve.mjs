/**
 * Starts the server process, in production or, with --dev, in development. Checks the Node version and loads the `.env`
 * files before anything else.
 */
import { demandServingNode } from './steps/demand-node.mjs';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';
import { oldNodeWarning, useProxies } from './steps/env/outbound-proxy.mjs';

demandServingNode();
process.env.NODE_ENV = process.argv.includes('--dev') ? 'development' : 'production';
const fromFiles = loadEnvFilesOrEnd(process.env.NODE_ENV);

/** Variables that Node reads only at its start. */
const READ_AT_START = /^(NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY|(HTTPS?|NO)_PROXY)$/i;
const { names: forProxies, ignored } = useProxies();
const late = new Set([...fromFiles, ...forProxies].filter((name) => READ_AT_START.test(name)));
const warning = ignored ?? oldNodeWarning(process.versions.node);

if (late.size > 0) startAgain();
if (warning) console.error(warning);
void import('./server/serve-app.mjs');

/** In the same process, with all that in its environment. `npm start` has read and set it before. */
function startAgain() {
  if (process.platform === 'win32') {
    console.error(
      `${[...late].join(', ')}: too late for this command. Use npm start, or set NODE_USE_ENV_PROXY=1 and these before.`,
    );
    return;
  }
  const [node] = process.argv;
  process.execve(node, [node, ...process.execArgv, ...process.argv.slice(1)], process.env);
}
