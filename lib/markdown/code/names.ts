/** A language's own name, and the ending of its files. */
interface Named {
  readonly name: string;
  readonly ending: string;
}

const named = (name: string, ending: string): Named => ({ name, ending });

const typescript = named('TypeScript', 'ts');
const javascript = named('JavaScript', 'js');
const python = named('Python', 'py');
const shell = named('Shell', 'sh');
const markdown = named('Markdown', 'md');
const yaml = named('YAML', 'yml');
const csharp = named('C#', 'cs');
const cpp = named('C++', 'cpp');
const ruby = named('Ruby', 'rb');
const rust = named('Rust', 'rs');
const go = named('Go', 'go');
const kotlin = named('Kotlin', 'kt');
const haskell = named('Haskell', 'hs');
const powershell = named('PowerShell', 'ps1');
const docker = named('Dockerfile', 'dockerfile');
const latex = named('LaTeX', 'tex');
const text = named('Text', 'txt');
const diff = named('Diff', 'diff');

const NAMES: Readonly<Record<string, Named>> = {
  bash: named('Bash', 'sh'),
  bat: named('Batch', 'bat'),
  c: named('C', 'c'),
  'c#': csharp,
  'c++': cpp,
  cjs: javascript,
  console: shell,
  cpp,
  cs: csharp,
  csharp,
  css: named('CSS', 'css'),
  csv: named('CSV', 'csv'),
  dart: named('Dart', 'dart'),
  diff,
  docker,
  dockerfile: docker,
  elixir: named('Elixir', 'ex'),
  go,
  golang: go,
  graphql: named('GraphQL', 'graphql'),
  haskell,
  hs: haskell,
  html: named('HTML', 'html'),
  ini: named('INI', 'ini'),
  java: named('Java', 'java'),
  javascript,
  js: javascript,
  json: named('JSON', 'json'),
  jsonc: named('JSON', 'jsonc'),
  jsx: named('JSX', 'jsx'),
  kotlin,
  kt: kotlin,
  latex,
  lua: named('Lua', 'lua'),
  makefile: named('Makefile', 'mk'),
  markdown,
  md: markdown,
  mermaid: named('Mermaid', 'mmd'),
  mjs: javascript,
  mysql: named('MySQL', 'sql'),
  nginx: named('nginx', 'conf'),
  patch: diff,
  perl: named('Perl', 'pl'),
  php: named('PHP', 'php'),
  plaintext: text,
  postgresql: named('PostgreSQL', 'sql'),
  powershell,
  ps1: powershell,
  py: python,
  python,
  r: named('R', 'r'),
  rb: ruby,
  rs: rust,
  ruby,
  rust,
  scala: named('Scala', 'scala'),
  scss: named('SCSS', 'scss'),
  sh: shell,
  shell,
  sql: named('SQL', 'sql'),
  sqlite: named('SQLite', 'sql'),
  svelte: named('Svelte', 'svelte'),
  svg: named('SVG', 'svg'),
  swift: named('Swift', 'swift'),
  terraform: named('Terraform', 'tf'),
  tex: latex,
  text,
  toml: named('TOML', 'toml'),
  ts: typescript,
  tsx: named('TSX', 'tsx'),
  txt: text,
  typescript,
  vue: named('Vue', 'vue'),
  xml: named('XML', 'xml'),
  yaml,
  yml: yaml,
  zig: named('Zig', 'zig'),
  zsh: named('Zsh', 'sh'),
};

/** Of the name after a fence: what the language calls itself, or else the name as written; null: none. */
export function ownName(name: string): string | null {
  return languageNamed(name)?.name ?? (name || null);
}

/** The name of a file for code with this name after its fence. */
export function codeFileName(name: string): string {
  const ending = languageNamed(name)?.ending ?? 'txt';
  return ending === docker.ending ? 'Dockerfile' : `code.${ending}`;
}

function languageNamed(name: string): Named | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(NAMES, lower) ? NAMES[lower] : undefined;
}
