import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENV_NAMES } from '@/lib/env';
import { SERVER_ARGS } from '@/scripts/steps/server.mjs';

const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8');
const COMPOSE = ['compose.yaml', 'compose.instances.yaml'];

test('the image starts the server as npm start does, and copies what is there', () => {
  const dockerfile = read('Dockerfile');
  const [, command = ''] = /^CMD (.*)$/m.exec(dockerfile) ?? [];
  const [node, flag, script = ''] = JSON.parse(command) as string[];
  expect([node, flag]).toEqual(['node', SERVER_ARGS[0]]);
  expect(SERVER_ARGS[1]).toContain(script);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from|\.)(.*) \S+$/gm)]
    .concat([...dockerfile.matchAll(/^COPY --from=build (.*) \S+$/gm)])
    .flatMap(([, places = '']) => places.replaceAll('/app/', '').split(' '))
    .filter((place) => !['.next', 'node_modules'].includes(place));
  expect(copied).toContain('cli');
  expect(copied.filter((place) => !existsSync(place))).toEqual([]);
  // Not root, from an exact version.
  expect(dockerfile.lastIndexOf('\nUSER node\n')).toBeGreaterThan(dockerfile.lastIndexOf('RUN'));
  expect(dockerfile).toMatch(/^ARG NODE=node:\d+\.\d+\.\d+-[a-z]+-slim/m);
});

test('the image and the compose files set only variables that are read', () => {
  const known = new Set(ENV_NAMES);
  const [, set = ''] = /^ENV (.*)$/m.exec(read('Dockerfile')) ?? [];
  const names = set.split(' ').map((pair) => pair.split('=')[0] ?? '');
  expect(names.length).toBeGreaterThan(3);
  for (const file of COMPOSE)
    names.push(...Array.from(read(file).matchAll(/^ {4,6}([A-Z_]+): /gm), ([, name = '']) => name));
  // Of the other programs, and of every program.
  const others = /^(POSTGRES_\w+|HOST_NAME|TMPDIR)$/;
  expect(names.filter((name) => !known.has(name) && !others.test(name))).toEqual([]);
});

test('no secret gets into an image', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.env', '.env.*', 'data', '.git']));
});
