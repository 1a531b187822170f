import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './db/engine/schema.sqlite.ts',
  out: './drizzle/sqlite',
});
