/** `npm test` and, with the argument "check", `npm run check`. */
import { demandNode } from './steps/demand-node.mjs';

demandNode();
void import('./run-tests.mjs');
