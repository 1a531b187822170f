/**
 * Runs a script or a tool of the project with the chosen Node, and first installs the packages if there are none:
 * node scripts/with-node.mjs scripts/serve.mjs --dev
 */
import { demandNode } from './steps/demand-node.mjs';

demandNode();
void import('./run-with-node.mjs');
