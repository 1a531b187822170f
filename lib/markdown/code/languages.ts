import { prism } from './prism';

const ALIASES: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  console: 'bash',
  dockerfile: 'docker',
  golang: 'go',
  htm: 'markup',
  html: 'markup',
  js: 'javascript',
  jsonc: 'json',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  cjs: 'javascript',
  patch: 'diff',
  postgresql: 'sql',
  mysql: 'sql',
  sqlite: 'sql',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'markup',
  ts: 'typescript',
  vue: 'markup',
  xml: 'markup',
  yml: 'yaml',
  zsh: 'bash',
};

/** The language of a fence's info string; null when there is no grammar for it. */
export function languageOf(name: string): string | null {
  const lower = name.toLowerCase();
  const language = Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower;
  return language !== undefined && grammarOf(language) ? language : null;
}

/** Own properties only: a fence may be named `constructor`. */
export function grammarOf(language: string) {
  const grammar = Object.hasOwn(prism.languages, language) ? prism.languages[language] : undefined;
  return typeof grammar === 'object' ? grammar : null;
}
