import { at } from './node.mjs';

/**
 * How the server process is started. A smaller young generation of V8 than usual: left alone it grows with each burst of
 * streams, and an open stream then seems to cost several times what it holds (docs/decisions/006).
 */
export const SERVER_ARGS = ['--max-semi-space-size=8', at('scripts', 'serve.mjs')];
