import { z } from 'zod';
import { SOURCES } from './file-format';
import { FINISHES, MESSAGE_STATES, ROLES, TOKENS_MAX } from '@/lib/sessions/message';
import { TEMPERATURE_MAX, tags } from '@/lib/sessions/session';
import { plainText } from '@/lib/sessions/text';
import { URL_MAX } from '@/lib/reply/source';
import { TITLE_MAX } from '@/lib/sessions/title';

const ID_MAX = 256;
/** As much as CHAT_MEMORY_MAX_CHARS can be, and what a system prompt may have. */
const SETTING_MAX = 100_000;
/** More lines than a memory of that length can have. */
const PINS_MAX = 50_001;

const id = plainText.pipe(z.string().min(1).max(ID_MAX));
const name = plainText.pipe(z.string().max(ID_MAX));
const setting = plainText.pipe(z.string().max(SETTING_MAX));
const count = z.int().min(0).max(TOKENS_MAX);
const total = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** From 1970 on: PostgreSQL knows no year 0. Fractions below a millisecond are dropped. */
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= 0);

const usage = z.object({ prompt_tokens: count, completion_tokens: count, total_tokens: count });

const writtenPart = z.object({ kind: z.enum(['text', 'reasoning']), text: plainText });
const sourcePart = z.object({
  kind: z.literal('source'),
  url: z.httpUrl().max(URL_MAX),
  title: name.nullable().default(null),
});

/** `seq` orders the messages; `parent` is the message that one answers. Siblings have the same parent. */
export const fileMessage = z.object({
  id,
  parent: id.nullable().default(null),
  seq: count.min(1),
  role: z.enum(ROLES),
  content: plainText,
  parts: z
    .array(z.discriminatedUnion('kind', [writtenPart, sourcePart]))
    .readonly()
    .nullable()
    .default(null),
  state: z.enum(MESSAGE_STATES).exclude(['running']).default('complete'),
  finish: z.enum(FINISHES).nullable().default(null),
  model: name.nullable().default(null),
  tokens: count.nullable().default(null),
  usage: usage.nullable().default(null),
  first_token_ms: count.nullable().default(null),
  total_ms: count.nullable().default(null),
  thought_ms: count.nullable().default(null),
  turn: name.nullable().default(null),
  created_at: time,
});
export type FileMessage = z.output<typeof fileMessage>;

const fileRevision = z.object({
  id,
  text: setting.nullable(),
  author: z.enum(['model', 'user']),
  turn: name.nullable().default(null),
  created_at: time,
});

/**
 * Unknown fields are ignored, so that a later version can add some. `memory_revisions`: oldest first. `left_out`: images
 * and other files that another app's messages had, for the report of an import.
 */
export const fileSession = z.object({
  id,
  source: z.enum(SOURCES).optional(),
  left_out: count.optional(),
  title: plainText
    .pipe(z.string().max(TITLE_MAX * 2))
    .nullable()
    .default(null),
  memory: setting.nullable().default(null),
  memory_pinned: z.array(setting).max(PINS_MAX).default([]),
  memory_enabled: z.boolean().default(true),
  forgotten_seq: count.default(0),
  system_prompt: setting.nullable().default(null),
  model: name.nullable().default(null),
  temperature: z.number().min(0).max(TEMPERATURE_MAX).nullable().default(null),
  max_tokens: count.min(1).nullable().default(null),
  pinned_at: time.nullable().default(null),
  archived_at: time.nullable().default(null),
  tags: tags.default([]),
  head: id.nullable().default(null),
  tokens: total.default(0),
  context_tokens: count.nullable().default(null),
  created_at: time,
  updated_at: time,
  last_activity: time,
  memory_revisions: z.array(fileRevision).max(100).default([]),
  messages: z.array(fileMessage),
});
/** A session as a file holds it, read and checked. */
export type FileSession = z.output<typeof fileSession>;
/** The same as it is written. */
export type WrittenSession = z.input<typeof fileSession>;
