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
    if (/^@\/.*\.json$/.test(specifier)) return jsonAt(new URL(specifier.slice(2), ROOT).href);
    if (isWithinDrizzle(specifier, context.parentURL)) return moduleAt(specifier, context);
    const source = sourceOf(specifier, context.parentURL);
    return next(source ?? specifier, context);
  },
});

/** Its package.json has 200 kB, and Node would read it for each of its files: two seconds at the start of a command. */
const isWithinDrizzle = (specifier, parent) =>
  /^\.\.?\/.*\.js$/.test(specifier) && /\/node_modules\/drizzle-orm\/.*\.js$/.test(parent);

const moduleAt = (specifier, { parentURL }) => ({
  url: new URL(specifier, parentURL).href,
  format: 'module',
  shortCircuit: true,
});

/** The bundler asks for no import attribute. */
const jsonAt = (url) => ({
  url,
  format: 'json',
  importAttributes: { type: 'json' },
  shortCircuit: true,
});

function sourceOf(specifier, parent) {
  const [base, file] = specifier.startsWith('@/')
    ? [ROOT, specifier.slice(2)]
    : [parent, specifier];
  if (base === parent && !/^\.\.?\//.test(specifier)) return null;
  const source = new URL(`${file}.ts`, base);
  return existsSync(fileURLToPath(source)) ? source.href : null;
}
