import { sql } from 'drizzle-orm';
import {
  customType,
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import type { TurnState } from '@/lib/chat/turn/events';
import { PROMPT_TEXTS, type PromptRecord } from '@/lib/chat/turn/prompt-record';
import type { Failure } from '@/lib/errors';
import type { Usage } from '@/lib/ports/model';
import { ENTRY_KINDS, type Entry } from '@/lib/reply/entry';
import { FINISHES, MESSAGE_STATES, ROLES } from '@/lib/sessions/message';
import { readTags, writeTags } from '@/lib/sessions/tags/tags';
import { HIT_KINDS } from '@/lib/search/kinds';

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

const tagList = customType<{ data: readonly string[]; driverData: string }>({
  dataType: () => 'text',
  toDriver: writeTags,
  fromDriver: readTags,
});

export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    title: text('title'),
    opening: text('opening'),
    memory: text('memory'),
    /** Its pinned lines, trimmed, one per line; null: none. */
    memoryPinned: text('memory_pinned'),
    memoryEnabled: boolean('memory_enabled').notNull().default(true),
    forgottenSeq: integer('forgotten_seq').notNull().default(0),
    systemPrompt: text('system_prompt'),
    model: text('model'),
    temperature: doublePrecision('temperature'),
    maxTokens: integer('max_tokens'),
    head: text('head'),
    lastSeq: integer('last_seq').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    tokens: bigint('tokens', { mode: 'number' }).notNull().default(0),
    contextTokens: integer('context_tokens'),
    version: integer('version').notNull().default(1),
    lastActivity: time('last_activity').notNull(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
    pinnedAt: time('pinned_at'),
    archivedAt: time('archived_at'),
    deletedAt: time('deleted_at'),
    tags: tagList('tags')
      .notNull()
      .default(sql`''`),
  },
  (table) => [
    index('sessions_list')
      .on(table.owner, table.lastActivity, table.id)
      .where(sql`${table.deletedAt} is null and ${table.archivedAt} is null`),
    // With archived ones: for an export, and for other orders than that of a list.
    index('sessions_activity')
      .on(table.owner, table.lastActivity, table.id)
      .where(sql`${table.deletedAt} is null`),
    index('sessions_created')
      .on(table.owner, table.createdAt, table.id, table.archivedAt)
      .where(sql`${table.deletedAt} is null`),
    index('sessions_title')
      .on(
        table.owner,
        sql`lower(case when ${table.title} is not null then ${table.title} when ${table.opening} is not null then ${table.opening} else '' end)`,
        table.id,
        table.archivedAt,
      )
      .where(sql`${table.deletedAt} is null`),
    index('sessions_tagged')
      .on(table.owner, table.tags, table.archivedAt)
      .where(sql`${table.tags} <> '' and ${table.deletedAt} is null`),
    index('sessions_pinned')
      .on(table.owner, table.pinnedAt, table.id)
      .where(sql`${table.pinnedAt} is not null`),
    index('sessions_archived')
      .on(table.owner, table.archivedAt, table.id)
      .where(sql`${table.archivedAt} is not null`),
    index('sessions_changes').on(table.owner, table.updatedAt),
    index('sessions_deleted')
      .on(table.owner, table.deletedAt, table.id)
      .where(sql`${table.deletedAt} is not null`),
    index('sessions_trash')
      .on(table.deletedAt)
      .where(sql`${table.deletedAt} is not null`),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: text('id').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    parent: text('parent').references((): AnyPgColumn => messages.id, { onDelete: 'set null' }),
    role: text('role', { enum: ROLES }).notNull(),
    content: text('content').notNull(),
    // Not jsonb, which stores another text than was written: its bytes are counted.
    parts: json('parts').$type<readonly Entry[]>(),
    state: text('state', { enum: MESSAGE_STATES }).notNull().default('complete'),
    finish: text('finish', { enum: FINISHES }),
    model: text('model'),
    tokens: integer('tokens'),
    usage: jsonb('usage').$type<Usage>(),
    firstTokenMs: integer('first_token_ms'),
    totalMs: integer('total_ms'),
    thoughtMs: integer('thought_ms'),
    turn: text('turn'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('messages_seq').on(table.sessionId, table.seq),
    index('messages_parent').on(table.parent, table.seq),
    index('messages_roots')
      .on(table.sessionId, table.seq)
      .where(sql`${table.parent} is null`),
  ],
);

export const turns = pgTable(
  'turns',
  {
    requestId: text('request_id').primaryKey(),
    owner: text('owner').notNull(),
    sessionId: text('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    idempotencyKey: text('idempotency_key'),
    bodyHash: text('body_hash'),
    state: text('state').$type<TurnState>().notNull(),
    failure: jsonb('failure').$type<Failure>(),
    failedText: text('failed_text'),
    model: text('model').notNull(),
    userMessageId: text('user_message_id'),
    replyId: text('reply_id'),
    /** The message that it was sent to answer; '' starts the conversation over; null: the end of the shown branch. */
    parent: text('parent'),
    /** What its session showed last before. */
    headBefore: text('head_before'),
    usage: jsonb('usage').$type<Usage>(),
    firstTokenMs: integer('first_token_ms'),
    instance: text('instance').notNull(),
    /** Renewed for the release before, which knows no table of instances. */
    heartbeat: time('heartbeat').notNull(),
    stopRequested: boolean('stop_asked').notNull().default(false),
    watchedUntil: time('watched_until'),
    omitted: integer('omitted'),
    thoughtMs: integer('thought_ms'),
    /** What the model saw; null: not recorded. */
    prompt: jsonb('prompt').$type<PromptRecord>(),
    /** The stored key that it was sent with. */
    keyId: text('key_id'),
    /** In tokens: what it counts as while it runs. */
    reservedInput: integer('reserved_input').notNull().default(0),
    reservedOutput: integer('reserved_output').notNull().default(0),
    /** In micros for a million tokens; null: unknown. */
    inputPrice: bigint('input_price', { mode: 'number' }),
    outputPrice: bigint('output_price', { mode: 'number' }),
    createdAt: time('created_at').notNull(),
    endedAt: time('ended_at'),
  },
  (table) => [
    uniqueIndex('turns_key').on(table.owner, table.idempotencyKey),
    index('turns_session').on(table.sessionId, table.state),
    // Not on the heartbeat, which changes constantly.
    index('turns_running')
      .on(table.owner)
      .where(sql`${table.state} = 'running'`),
    index('turns_keys')
      .on(table.createdAt)
      .where(sql`${table.idempotencyKey} is not null`),
  ],
);

export const turnEvents = pgTable(
  'turn_events',
  {
    requestId: text('request_id')
      .notNull()
      .references(() => turns.requestId, { onDelete: 'cascade' }),
    offset: integer('offset').notNull(),
    kind: text('kind', { enum: ENTRY_KINDS }).notNull().default('text'),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.offset] })],
);

/** System prompts and memories as prompts had them, each text once in its session; `turns.prompt` names them. */
export const promptTexts = pgTable(
  'prompt_texts',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    /** Made from the kind and the text. */
    id: text('id').notNull(),
    kind: text('kind', { enum: PROMPT_TEXTS }).notNull(),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.id] })],
);

export const memoryRevisions = pgTable(
  'memory_revisions',
  {
    id: text('id').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    text: text('text'),
    author: text('author', { enum: ['model', 'user'] }).notNull(),
    turn: text('turn'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [uniqueIndex('memory_revisions_seq').on(table.sessionId, table.seq)],
);

/** The searchable texts: one row for each message, title and memory. Their words are in `searchIndex`. */
export const searchDocs = pgTable(
  'search_docs',
  {
    /** Made from the time, so that newer texts have higher ids. */
    id: bigint('id', { mode: 'number' }).primaryKey(),
    owner: text('owner').notNull(),
    kind: text('kind', { enum: HIT_KINDS }).notNull(),
    /** A trigger removes the row with its session: a reference would need an index of every row. */
    sessionId: text('session_id').notNull(),
    messageId: text('message_id').references(() => messages.id, { onDelete: 'cascade' }),
    createdAt: time('created_at').notNull(),
  },
  (table) => [
    index('search_docs_owner').on(table.owner, table.id),
    uniqueIndex('search_docs_message').on(table.messageId),
    index('search_docs_session')
      .on(table.sessionId)
      .where(sql`${table.messageId} is null`),
  ],
);

/**
 * The queue of the search index: ids of messages, and of sessions for their title and memory. Triggers add the rows.
 */
export const searchPending = pgTable(
  'search_pending',
  {
    kind: text('kind', { enum: ['message', 'session'] }).notNull(),
    id: text('id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.id] })],
);

export { aboutRevisions, owners } from './owners/postgres';
export { accountLinks, apiKeys, people, signIns } from './accounts/postgres';
export { challenges, identities, passkeys } from './accounts/ways.postgres';
export { instances } from './instances/postgres';
export { settingChanges, settings } from './settings/postgres';
export { dailyUse, usage } from './usage/postgres';
