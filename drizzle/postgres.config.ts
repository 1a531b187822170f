import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './db/engine/schema.postgres.ts',
  out: './drizzle/postgres',
});
