/** `npm run build`: always builds, and stamps the sources' hash, so that `npm start` need not build again. */
import { build } from './steps/build.mjs';
import { loadEnvFilesOrEnd } from './steps/env/env-files.mjs';

loadEnvFilesOrEnd('production');
const problem = await build({ show: true });
process.exitCode = problem === null ? 0 : 1;
