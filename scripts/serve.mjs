/**
 * Starts the server process, in production or, with --dev, in development: looks at the Node that it runs on, and reads
 * the files `.env`, before anything else is loaded.
 */
import { demandServingNode } from './steps/demand-node.mjs';
import { loadEnvFilesOrEnd } from './steps/env-files.mjs';

demandServingNode();
process.env.NODE_ENV = process.argv.includes('--dev') ? 'development' : 'production';
const fromFiles = loadEnvFilesOrEnd(process.env.NODE_ENV);

/** What Node reads as it starts, and never again. */
const READ_AT_START = /^(NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY|(HTTPS?|NO)_PROXY)$/i;
const late = fromFiles.filter((name) => READ_AT_START.test(name));

if (late.length > 0) startAgain();
void import('./serve-app.mjs');

/** In the same process, with what the files said in its environment. `npm start` has read them before. */
function startAgain() {
  if (process.platform === 'win32') {
    console.error(
      `${late.join(', ')}: too late in a file for this command. Use npm start, or set it before.`,
    );
    return;
  }
  const [node] = process.argv;
  process.execve(node, [node, ...process.execArgv, ...process.argv.slice(1)], process.env);
}
