/**
 * Lets a script import the app's TypeScript: Node strips the types, this resolves imports as the bundler does (`@/`, no
 * extension). Usage: node --import ./scripts/load-typescript.mjs
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('..', import.meta.url);
/** The `server-only` package throws outside of a server bundle, so it is replaced. */
const SERVER_ONLY = 'data:text/javascript,';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'server-only') return { url: SERVER_ONLY, shortCircuit: true };
    const source = sourceOf(specifier, context.parentURL);
    return next(source ?? specifier, context);
  },
});

function sourceOf(specifier, parent) {
  const [base, file] = specifier.startsWith('@/')
    ? [ROOT, specifier.slice(2)]
    : [parent, specifier];
  if (base === parent && !/^\.\.?\//.test(specifier)) return null;
  const source = new URL(`${file}.ts`, base);
  return existsSync(fileURLToPath(source)) ? source.href : null;
}
