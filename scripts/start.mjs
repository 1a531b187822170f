/** `npm start`: installs, builds if something changed, and serves. Migrations are applied as the server starts. */
import { demandNode } from './steps/demand-node.mjs';

demandNode();
void import('./start-app.mjs');
