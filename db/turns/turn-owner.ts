import { eq, type Placeholder } from 'drizzle-orm';
import type { Tables } from '@/db/engine/client';

/** The condition that this owner began a turn: for idempotency keys, and for deleting an owner's data. */
export const begunBy = ({ turns }: Tables, owner: string | Placeholder) => eq(turns.owner, owner);

/**
 * The condition that this owner may watch, stop, continue, retry and dismiss a turn. Every query on behalf of a client
 * uses it. It does not ask for the session: turns of a deleted one are still stopped.
 */
export const visibleTo = (tables: Tables, owner: string | Placeholder) => begunBy(tables, owner);
