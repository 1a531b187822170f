/** `npm start`: installs, builds if something changed, and serves. The server applies migrations at start. */
import { demandNode } from './steps/demand-node.mjs';

demandNode();
void import('./start-app.mjs');
