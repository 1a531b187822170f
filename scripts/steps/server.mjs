import { at } from './node.mjs';

/**
 * Arguments of the server process. A smaller young generation of V8 than the default, which grows with each burst of
 * streams and makes a stream cost several times what it holds (docs/decisions/006).
 */
export const SERVER_ARGS = ['--max-semi-space-size=8', at('scripts', 'serve.mjs')];
