import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '@/lib/env/database';
import { atLength } from '../faults/chance';

/** A database without rows, to be removed by the test. */
export interface EmptyDatabase {
  readonly database: Database;
  /** The same as DATABASE_URI. */
  readonly uri: string;
  remove(): Promise<void>;
}

function bareSqlite(): Promise<EmptyDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-sqlite-'));
  const file = path.join(folder, 'app.db');
  return Promise.resolve({
    database: { dialect: 'sqlite', file },
    uri: `sqlite://${file}`,
    remove: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  });
}

async function emptySqlite(): Promise<EmptyDatabase> {
  const place = await bareSqlite();
  if (place.database.dialect === 'sqlite')
    copyFileSync(inject('migrated').sqlite, place.database.file);
  return place;
}

const barePostgres = () => postgresLike('template0');
const emptyPostgres = () => postgresLike(inject('migrated').postgres);

async function postgresLike(template: string): Promise<EmptyDatabase> {
  const server = inject('postgres');
  const name = `ask_${randomUUID().replaceAll('-', '')}`;
  // Copying files takes half the time of the other strategy.
  await command(server, `create database ${name} template ${template} strategy file_copy`);
  const url = `${server}/${name}`;
  return {
    database: { dialect: 'postgres', url },
    uri: url,
    remove: () => command(server, `drop database ${name} with (force)`),
  };
}

async function command(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** `empty` has the tables of this version, which takes a fifth of the time to migrate a `bare` one. */
export const SQLITE = { name: 'SQLite', empty: emptySqlite, bare: bareSqlite };
export const POSTGRES = { name: 'PostgreSQL', empty: emptyPostgres, bare: barePostgres };

/** The contract tests of the store run on both. */
export const ENGINES = [SQLITE, POSTGRES];

/** For suites whose database matters little, as the contract tests cover both: `npm run faults` runs them on both. */
export const bothAtLength = (engine: (typeof ENGINES)[number]) => (atLength() ? ENGINES : [engine]);
