/**
 * Reads the `.env` files literally: no expansion of `$`. Not Node's own parser, which cuts a value at any `#`. Must run on
 * the oldest Node that `npm start` supports.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** In order of precedence; the environment precedes all. */
const filesOf = (mode) => [`.env.${mode}.local`, '.env.local', `.env.${mode}`, '.env'];

/** Adds the variables of the files in `folder` to `env`, and returns their names. Throws for invalid lines. */
export function loadEnvFiles(mode, folder = process.cwd(), env = process.env) {
  const names = [];
  for (const file of filesOf(mode)) {
    const { values, mistakes } = parseEnvFile(readText(path.join(folder, file)));
    if (mistakes.length > 0) throw new Error(`${file} is invalid:\n  ${mistakes.join('\n  ')}`);
    for (const [name, value] of Object.entries(values)) {
      if (env[name] !== undefined) continue;
      env[name] = value;
      names.push(name);
    }
  }
  return names;
}

/** Keeps Next from reading the files again, with its own rules. */
const READ_BY_NEXT = '__NEXT_PROCESSED_ENV';

/** The same for a command: prints an error and exits. */
export function loadEnvFilesOrEnd(mode) {
  process.env[READ_BY_NEXT] = 'true';
  try {
    return loadEnvFiles(mode);
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}

function readText(file) {
  try {
    const bytes = readFileSync(file);
    // PowerShell's `>` writes UTF-16.
    return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return '';
    throw error;
  }
}

/** Parses a file. `mistakes` name the line or the variable, and never contain a value. */
export function parseEnvFile(text) {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const values = {};
  const mistakes = [];
  const count = lines.length;
  while (lines.length > 0) {
    const number = count - lines.length + 1;
    const line = lines.shift().trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, rest] = /^(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (!name) {
      mistakes.push(`line ${number} is not NAME=value`);
      continue;
    }
    const { value, mistake } = /^["'`]/.test(rest) ? quoted(rest, lines) : plain(rest);
    if (mistake) mistakes.push(`${name} ${mistake}`);
    else values[name] = value;
  }
  return { values, mistakes };
}

/** A `#` begins a comment only after a space: passwords may contain it. */
const plain = (rest) => checked(rest.replace(/(^|\s)#.*$/, '').trim());

/** A quoted value may span lines, which are then removed from `lines`. */
function quoted(rest, lines) {
  const [quote] = rest;
  const pattern =
    quote === '"' ? /^((?:\\"|[^"])*)"(.*)$/s : new RegExp(`^([^${quote}]*)${quote}(.*)$`, 's');
  let inside = rest.slice(1);
  let found = pattern.exec(inside);
  for (let taken = 0; !found && taken < lines.length; taken += 1) {
    inside += `\n${lines[taken]}`;
    found = pattern.exec(inside);
    if (found) lines.splice(0, taken + 1);
  }
  if (!found) return { mistake: `begins with ${quote}, and there is no other to end it` };
  const [, value, after] = found;
  if (!/^\s*(#.*)?$/.test(after)) return { mistake: `has more after the ${quote} that ends it` };
  if (quote === "'") return { value };
  return checked(quote === '"' ? value.replaceAll('\\n', '\n').replaceAll('\\"', '"') : value);
}

/** Refuses what other parsers of such files would change. */
function checked(value) {
  if (/\$\{\w/.test(value))
    return {
      mistake:
        'has ${…}, which is not expanded: write the value itself, or put all of it in single quotes to keep it as written',
    };
  if (value.includes('\\$')) return { mistake: 'has \\$: write $ alone, it needs no backslash' };
  return { value };
}
