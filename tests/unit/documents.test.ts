import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ENV_NAMES, readEnv, type Env } from '@/lib/env';
import { LOG_EVENTS } from '@/lib/ports/log';
import { STATUS, type FailureKind } from '@/lib/errors';
import { allFailures } from '@/lib/texts/en/failures/all-failures';

const read = (file: string) => readFileSync(file, 'utf8');

/** The variables in .env.example with the values shown; "" if there is none. */
const example = Object.fromEntries(
  [...read('.env.example').matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
);

test('.env.example lists exactly the variables that are read', () => {
  expect(Object.keys(example).toSorted()).toEqual(ENV_NAMES.toSorted());
});

/** Two names of one variable, which share a default. */
const ADDRESS = ['DATABASE_URI', 'DATABASE_URL'];

test('.env.example shows the defaults', () => {
  const defaults = readEnv({});
  const shown = ENV_NAMES.filter((name) => !ADDRESS.includes(name)).map((name) => ({
    name,
    fallback: defaults[name as keyof Env],
    example: readEnv({ [name]: example[name] ?? '' })[name as keyof Env],
  }));
  const withDefault = shown.filter(({ fallback }) => fallback !== undefined && !isEmpty(fallback));
  expect(withDefault.length).toBeGreaterThan(10);
  for (const { name, fallback, example: value } of withDefault)
    expect({ [name]: value }).toEqual({ [name]: fallback });
  expect(readEnv({ DATABASE_URI: example['DATABASE_URI'] }).DATABASE).toEqual(defaults.DATABASE);
});

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

test('the README explains every variable', () => {
  const explained = read('README.md');
  for (const name of ENV_NAMES) expect(explained).toContain(`\`${name}\``);
});

/** The calls of a route file, in the form of docs/api.md: "GET /api/sessions/:id". */
function callsOf(file: string): string[] {
  const address = `/${path.posix.relative('app', path.posix.dirname(file))}`
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replaceAll(/\[(?:\.{3})?([a-z_]+)\]/g, ':$1');
  const methods = read(file).matchAll(/^ {2,4}(?:async )?(GET|POST|PUT|PATCH|DELETE)(?=[(:])/gm);
  return [...methods].map(([, method = '']) => `${method} ${address}`);
}

test('docs/api.md lists exactly the calls of the routes', () => {
  const files = globSync('app/{api,health,metrics,v1,openapi.json}/**/route.ts').filter(
    (file) => !file.includes('[[...'),
  );
  const documented = read('docs/api.md').matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[\w:/.-]+)/g);
  const named = new Set([...documented].map(([, call]) => call));
  const answered = files.map(callsOf);
  for (const calls of answered) expect(calls).not.toEqual([]);
  expect(named).toEqual(new Set(answered.flat()));
});

test('docs/api.md names every kind of error with its status', () => {
  const rows = [...read('docs/api.md').matchAll(/^\| `([a-z-]+)` *\| (\d{3}) /gm)];
  const documented = Object.fromEntries(rows.map(([, kind, status]) => [kind, Number(status)]));
  expect(documented).toEqual(STATUS);
});

test('docs/api.md names the reasons of each kind of error', () => {
  const rows = [...read('docs/api.md').matchAll(/^\| `([a-z-]+)` *\| \d{3} *\| ([^|]*) \|/gm)];
  const documented = rows.map(([, kind, reasons = '']) => [
    kind,
    Array.from(reasons.matchAll(/`([\w-]+)`/g), ([, reason = '']) => reason).toSorted(),
  ]);
  const known = Object.keys(STATUS).map((kind) => {
    const sentences = allFailures[kind as FailureKind];
    return [kind, typeof sentences === 'object' ? Object.keys(sentences).toSorted() : []];
  });
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(known));
});

const OURS = /^\.?\/?((?:app|components|lib|db|drizzle|scripts|tests|docs|\.ci|\.github)\/.+)$/;

test('every path that a document mentions exists', () => {
  const documents = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')];
  const broken = documents.flatMap((document) => {
    const text = read(document);
    const links = [...text.matchAll(/(?:\]\(|src(?:set)?=")(?!https?:|#)([^)#\s"]+)/g)]
      .map(([, link = '']) => path.join(path.dirname(document), link))
      .filter((file) => !existsSync(file));
    const mentioned = [...text.matchAll(/`([^`\s]+)`/g)]
      .flatMap(([, word = '']) => OURS.exec(word)?.[1] ?? [])
      .filter((file) => globSync(file.replaceAll('[', '[[]')).length === 0);
    return [...links, ...mentioned].map((file) => `${document}: ${file}`);
  });
  expect(broken).toEqual([]);
});

test('CONTRIBUTING.md and the README name commands and places that are there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const told = read('CONTRIBUTING.md') + read('README.md');
  const commands = [...told.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(5);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
  const places = [...read('CONTRIBUTING.md').matchAll(/`([\w.]+\/[^`\s]*)`/g)].map(
    ([, place = '']) => place,
  );
  expect(places.length).toBeGreaterThan(10);
  for (const place of places)
    expect({ [place]: globSync(place).length }).not.toEqual({ [place]: 0 });
});

test('docs/operations.md explains every log event, and the code logs each of them', () => {
  const rows = read('docs/operations.md').matchAll(/^\| ((?:`[a-z]+\.[a-z._]+`(?:, )?)+) *\|/gm);
  const documented = [...rows].flatMap(([, cell = '']) =>
    Array.from(cell.matchAll(/`([^`]+)`/g), ([, name]) => name),
  );
  expect(documented).toHaveLength(LOG_EVENTS.length);
  expect(new Set(documented)).toEqual(new Set(LOG_EVENTS));
  const sources = globSync('{app,db,lib}/**/*.ts', {
    exclude: (file) => file.endsWith('.test.ts') || file === 'lib/ports/log.ts',
  }).map(read);
  const unused = LOG_EVENTS.filter((event) => !sources.some((text) => text.includes(`'${event}'`)));
  expect(unused).toEqual([]);
});

test('the workflows pin every action to a commit, with its version', () => {
  const workflows = globSync('.github/workflows/*.yml').map(read).join('\n');
  const used = [...workflows.matchAll(/uses: (.+)/g)].map(([, action]) => action);
  expect(used).not.toHaveLength(0);
  for (const action of used)
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
});
