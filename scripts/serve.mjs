/**
 * Starts the server process, in production or, with --dev, in development. Checks the Node version and loads the `.env`
 * files before anything else.
 */
import { demandServingNode } from './steps/demand-node.mjs';
import { placeDiagrams } from './diagrams/place.mjs';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';
import { oldNodeWarning, useProxies } from './steps/env/outbound-proxy.mjs';
import { startAgainWith } from './steps/env/start-again.mjs';

demandServingNode();
process.env.NODE_ENV = process.argv.includes('--dev') ? 'development' : 'production';
const fromFiles = loadEnvFilesOrEnd(process.env.NODE_ENV);

const { names: forProxies, ignored } = useProxies();
const warning = ignored ?? oldNodeWarning(process.versions.node);

startAgainWith([...fromFiles, ...forProxies]);
if (warning) console.error(warning);
if (process.env.NODE_ENV === 'development') placeDiagrams();
void import('./server/serve-app.mjs');
