import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { CHALLENGE_KINDS } from '@/lib/accounts/ways/challenge';
import { people } from './sqlite';

const time = (name: string) => integer(name, { mode: 'timestamp_ms' });

/** Accounts at a provider of OpenID Connect, each of which signs one person in. */
export const identities = sqliteTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    /** Whom the issuer means, in its own words. */
    subject: text('subject').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: time('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    uniqueIndex('identities_person').on(table.personId, table.issuer),
  ],
);

export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** As its person calls it. */
    name: text('name').notNull(),
    /** Its id and public key in base64url, as WebAuthn has them. */
    credentialId: text('credential_id').notNull(),
    publicKey: text('public_key').notNull(),
    /** How often it was used, by its own count; some always say 0. */
    counter: integer('counter').notNull(),
    createdAt: time('created_at').notNull(),
    usedAt: time('used_at'),
  },
  (table) => [
    uniqueIndex('passkeys_credential').on(table.credentialId),
    index('passkeys_person').on(table.personId),
  ],
);

/** What a browser must answer, once and soon, to sign in or to add a way of signing in. */
export const challenges = sqliteTable(
  'challenges',
  {
    /** The hash of the browser's own token and the challenge. */
    hash: text('hash').primaryKey(),
    kind: text('kind', { enum: CHALLENGE_KINDS }).notNull(),
    /** The person who adds a way; null for one who signs in. */
    personId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
    /** JSON that the browser does not see. */
    content: text('content').notNull(),
    endsAt: time('ends_at').notNull(),
  },
  (table) => [
    index('challenges_end').on(table.endsAt),
    index('challenges_person').on(table.personId),
  ],
);
