/**
 * Checks the import rules in the working folder. Also fails when folders import each other in a circle, when a folder
 * has too many files, and when dependency-cruiser misses files: without a TypeScript version that it supports, it
 * passes an empty graph.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { folderCircles, isTest, largeFolders } from './folders.mjs';

const FOLDERS = ['app', 'cli', 'components', 'lib', 'db'];
const FILES = ['middleware.ts', 'instrumentation.ts'];

/** Above this, split the folder by noun. */
const FILES_MAX = 15;

const { options, forbidden } = createRequire(import.meta.url)(
  path.resolve('.dependency-cruiser.cjs'),
);
const { output } = await cruise(
  [...FOLDERS, ...FILES],
  { ...options, validate: true, ruleSet: { forbidden } },
  options.enhancedResolveOptions,
  { tsConfig: extractTypeScriptConfig(options.tsConfig.fileName) },
);

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true }).map((file) =>
    path.posix.join(folder, ...file.split(path.sep)),
  );
const expected = [...FILES, ...FOLDERS.flatMap(filesIn).filter((file) => /\.tsx?$/.test(file))];
const seen = new Set(output.modules.map(({ source }) => source));
const unseen = expected.filter((file) => !seen.has(file));
const { violations } = output.summary;

const ours = output.modules.filter(({ source }) => expected.includes(source));

/** Beside a source file its tests do not count; in `tests/` they are the files. */
const counted = [
  ...ours.map(({ source }) => source).filter((file) => !isTest(file)),
  ...['tests', 'scripts'].flatMap((folder) =>
    filesIn(folder).filter((file) => /(?<!\.d)\.(?:ts|mts|mjs)$/.test(file)),
  ),
];

const faults = [
  ...violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  ...folderCircles(ours).map((circle) => `folders-in-a-circle: ${circle.join(' -> ')}`),
  ...largeFolders(counted, FILES_MAX).map(
    ([folder, count]) =>
      `folder-too-large: ${folder} holds ${count} files, more than ${FILES_MAX}. Split it by noun.`,
  ),
];
if (unseen.length > 0)
  faults.push(
    `${unseen.length} of ${expected.length} source files were not seen, such as ${unseen[0]}. Is TypeScript 6 installed?`,
  );
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
