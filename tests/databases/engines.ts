import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '@/lib/env/database';

/** An empty database, to be removed by the test. */
export interface EmptyDatabase {
  readonly database: Database;
  /** The same as DATABASE_URI. */
  readonly uri: string;
  remove(): Promise<void>;
}

function emptySqlite(): Promise<EmptyDatabase> {
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

async function emptyPostgres(): Promise<EmptyDatabase> {
  const server = inject('postgres');
  const name = `ask_${randomUUID().replaceAll('-', '')}`;
  await command(server, `create database ${name}`);
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

export const SQLITE = { name: 'SQLite', empty: emptySqlite };
export const POSTGRES = { name: 'PostgreSQL', empty: emptyPostgres };

/** The contract tests of the store run on both. */
export const ENGINES = [SQLITE, POSTGRES];
