import { existsSync } from 'node:fs';
import { install } from './steps/install.mjs';
import { at, nodeBinary } from './steps/node.mjs';
import { run, runTool } from './steps/run.mjs';

const [what = '', ...args] = process.argv.slice(2);
if (!existsSync(at('node_modules'))) await install();
const { code } = /^(--|scripts\/)/.test(what)
  ? await run(nodeBinary(), [what, ...args], { show: true })
  : await runTool(what, args, { show: true });
process.exitCode = code;
