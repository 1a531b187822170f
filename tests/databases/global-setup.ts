import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/db/engine/migrate';
import { startPostgres } from './postgres-server';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a real PostgreSQL, without a database name. */
    postgres: string;
    /** The file with its certificate; null: it takes no TLS. */
    postgresCertificate: string | null;
    /** The templates of migrated databases: a SQLite file, and the name of a Postgres database. */
    migrated: { readonly sqlite: string; readonly postgres: string };
  }
}

/** One PostgreSQL for the whole run, in which each test file creates its own databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-migrated-'));
  const migrated = { sqlite: path.join(folder, 'app.db'), postgres: 'migrated' };
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  await client.query(`create database ${migrated.postgres}`);
  await client.end();
  await migrate({ dialect: 'sqlite', file: migrated.sqlite });
  await migrate({ dialect: 'postgres', url: `${server.url}/${migrated.postgres}` });
  project.provide('postgres', server.url);
  project.provide('postgresCertificate', server.certificate);
  project.provide('migrated', migrated);
  return async () => {
    rmSync(folder, { recursive: true });
    await server.remove();
  };
}
