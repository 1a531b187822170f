import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a real PostgreSQL, without a database name. */
    postgres: string;
    /** The file with its certificate; null: it takes no TLS. */
    postgresCertificate: string | null;
  }
}

/** One PostgreSQL for the whole run, in which each test file creates its own databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgres', server.url);
  project.provide('postgresCertificate', server.certificate);
  return () => server.remove();
}
