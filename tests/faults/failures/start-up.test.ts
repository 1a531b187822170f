import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '@/db/engine/client';
import { shippedMigrations } from '@/db/engine/migrate';
import { ENGINES, type EmptyDatabase } from '../../databases/engines';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { faultRounds } from '../chance';

/** `npm test` starts half of them. */
const INSTANCES = faultRounds() < 30 ? 4 : 8;

describe.each(ENGINES)('on $name', ({ bare }) => {
  let place: EmptyDatabase;
  let deployment: Deployment;

  beforeEach(async () => {
    place = await bare();
    deployment = await openDeployment(place);
  });
  afterEach(() => deployment.remove());

  test(`${String(INSTANCES)} instances that start concurrently on one empty database all serve, and share its data`, async () => {
    const instances = await Promise.all(
      Array.from({ length: INSTANCES }, () => deployment.start()),
    );
    const clients = instances.map(({ api }) => api);
    const made = await Promise.all(clients.map((api) => api.call('POST', '/api/sessions', {})));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 200));
    for (const api of clients) {
      expect((await api.call('GET', '/health/ready')).status).toBe(200);
      expect((await api.call('GET', '/api/sessions')).body).toHaveLength(INSTANCES);
    }
    const db = await openDatabase(place.database);
    expect(await db.appliedMigrations()).toBe(shippedMigrations(place.database.dialect));
    await db.close();
  });
});
