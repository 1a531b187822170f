import path from 'node:path';
import { z } from 'zod';

export type Database =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres'; readonly url: string; readonly poolMax?: number };

/** Where the secret of an SQLite database is kept that APP_SECRET does not give. */
export const secretFileOf = (database: string): string =>
  path.join(path.dirname(database), 'secret');

export const database = z.string().transform((uri, context): Database => {
  const read = readDatabase(uri);
  if (read) return read;
  context.addIssue('must start with sqlite:///, file: or postgres://');
  return z.NEVER;
});

/** Null for an address that is not one of a database. */
export function readDatabase(uri: string): Database | null {
  // SQLAlchemy, and so Ask-Flask, names its driver too: postgresql+psycopg2://
  const url = uri.replace(/^(postgres(?:ql)?)\+\w+:/, '$1:');
  if (/^postgres(ql)?:\/\/./.test(url)) return { dialect: 'postgres', url };
  const [, scheme, rest] = /^(sqlite:\/\/|file:)(.+)$/.exec(uri) ?? [];
  if (scheme && rest) {
    // Three slashes and four (as in SQLAlchemy) both mean an absolute path.
    return { dialect: 'sqlite', file: path.resolve(rest.replace(/^\/+/, '/')) };
  }
  return null;
}
