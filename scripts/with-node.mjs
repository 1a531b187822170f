/**
 * Runs a script or a tool of the project with the Node that the project brings along, and installs before where nothing is:
 * node scripts/with-node.mjs scripts/serve.mjs --dev
 */
import { demandNode } from './steps/demand-node.mjs';

demandNode();
void import('./run-with-node.mjs');
