import { globSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

const MISSING_EXPORT = 2305;
const MISSING_FILE = 2307;

/** tsc does not look into .mjs files, and a missing name shows only when the script runs. */
function brokenImports(files: readonly string[]): string[] {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // Only names are looked up, so no library's types are needed.
    noLib: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists } = host;
  // The scripts themselves, not the few types that tests read of them, and no packages.
  host.fileExists = (file) =>
    !/\/scripts\/.*\.d\.mts$|\/node_modules\//.test(file) && fileExists(file);
  const program = ts.createProgram({ rootNames: files, options, host });
  return files
    .flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)))
    .filter(({ code }) => [MISSING_EXPORT, MISSING_FILE].includes(code))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    .filter((message) => /['"]\.\.?\//.test(message));
}

test('every import in a script exists', () => {
  const files = globSync('scripts/**/*.mjs');
  expect(files.length).toBeGreaterThan(20);
  expect(brokenImports(files)).toEqual([]);
}, 60_000);
