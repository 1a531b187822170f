import { at } from './node.mjs';

/**
 * How the server process is started. V8's young generation may grow to three times this many megabytes; left alone it
 * grows to 100 MB with each burst of streams, and an open stream then seems to cost five times what it holds.
 */
export const SERVER_ARGS = ['--max-semi-space-size=8', at('scripts', 'serve.mjs')];
