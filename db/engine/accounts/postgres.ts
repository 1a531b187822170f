import { sql } from 'drizzle-orm';
import {
  customType,
  boolean,
  index,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { LINK_KINDS, ROLES_OF_PEOPLE } from '@/lib/accounts/person';
import { readScopes, writeScopes, type Scope } from '@/lib/accounts/scopes';

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

const scopeList = customType<{ data: readonly Scope[]; driverData: string }>({
  dataType: () => 'text',
  toDriver: writeScopes,
  fromDriver: readScopes,
});

/** Who may sign in. */
export const people = pgTable(
  'people',
  {
    id: text('id').primaryKey(),
    /** As its person typed it. */
    name: text('name').notNull(),
    /** The name normalised for comparison (`loginOf`). */
    login: text('login').notNull(),
    role: text('role', { enum: ROLES_OF_PEOPLE }).notNull(),
    /** Its hash; null: none is set. */
    password: text('password'),
    /** True for the first account, so that of two made at once one is refused; null for all others. */
    founder: boolean('founder'),
    createdAt: time('created_at').notNull(),
    /** Since then the account cannot be used; null: it can. */
    disabledAt: time('disabled_at'),
  },
  (table) => [
    uniqueIndex('people_login').on(table.login),
    uniqueIndex('people_founder').on(table.founder),
  ],
);

/** Each browser in which a person is signed in. A deleted row is signed out. */
export const signIns = pgTable(
  'sign_ins',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    /** Such as "Firefox on Linux". */
    device: text('device').notNull(),
    createdAt: time('created_at').notNull(),
    /** The last use, accurate to an hour. */
    seenAt: time('seen_at').notNull(),
  },
  (table) => [
    uniqueIndex('sign_ins_token').on(table.tokenHash),
    index('sign_ins_person').on(table.personId),
    index('sign_ins_seen').on(table.seenAt),
  ],
);

/** Links that work once: to join, to set a new password, to sign in on another device. */
export const accountLinks = pgTable(
  'account_links',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: LINK_KINDS }).notNull(),
    tokenHash: text('token_hash').notNull(),
    /** Whose account it opens; null for an invitation. */
    personId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
    /** The person who made it; null: the server printed it at its start, or the operator's command did. */
    madeBy: text('made_by').references(() => people.id, { onDelete: 'cascade' }),
    /** A note on the recipient, by the person who made the link. */
    note: text('note'),
    createdAt: time('created_at').notNull(),
    endsAt: time('ends_at').notNull(),
  },
  (table) => [
    uniqueIndex('account_links_token').on(table.tokenHash),
    index('account_links_person').on(table.personId),
    index('account_links_end').on(table.endsAt),
  ],
);

/** API keys of people. Revoking one deletes its row. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    /** SHA-256, in hex. */
    hash: text('hash').notNull(),
    scopes: scopeList('scopes').notNull(),
    /** The key that it was made with; null: a person made it. */
    madeBy: text('made_by').references((): AnyPgColumn => apiKeys.id, { onDelete: 'cascade' }),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at'),
    lastUsedAt: time('last_used_at'),
  },
  (table) => [
    uniqueIndex('api_keys_hash').on(table.hash),
    index('api_keys_owner').on(table.owner, table.createdAt, table.id),
    index('api_keys_made_by')
      .on(table.madeBy)
      .where(sql`${table.madeBy} is not null`),
  ],
);
