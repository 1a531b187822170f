import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '@/db/client';
import { shippedMigrations } from '@/db/migrate';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let running: RunningApp[];

  beforeEach(async () => {
    place = await empty();
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop('SIGKILL')));
    await place.remove();
  });

  test('eight programs that start at once on one empty database all serve, and share what is in it', async () => {
    const configuration = {
      DATABASE_URI: place.uri,
      APP_SECRET: 'a secret that is only used by these tests',
      API_KEYS,
    };
    running = await Promise.all(Array.from({ length: 8 }, () => startApp(configuration)));
    const clients = running.map(({ url }) => apiClient(url));
    const made = await Promise.all(clients.map((api) => api.call('POST', '/api/sessions', {})));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 200));
    for (const api of clients) {
      expect((await api.call('GET', '/health/ready')).status).toBe(200);
      expect((await api.call('GET', '/api/sessions')).body).toHaveLength(8);
    }
    const db = await openDatabase(place.database);
    expect(await db.appliedMigrations()).toBe(shippedMigrations(place.database.dialect));
    await db.close();
  });
});
