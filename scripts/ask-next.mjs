#!/usr/bin/env node
/** The operator's command, `ask-next`. Checks the Node version before anything else. */
import { demandServingNode } from './steps/demand-node.mjs';

demandServingNode();
void import('./steps/command.mjs');
