import { eq } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';

/** What else changes how the person signs in waits, and then finds what this transaction did. */
export async function lockPerson(query: Queries, { people }: Tables, id: string): Promise<void> {
  await query.update(people).set({ name: people.name }).where(eq(people.id, id));
}
