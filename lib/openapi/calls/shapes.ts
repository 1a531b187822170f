import { z } from 'zod';
import { STATUS, type FailureKind } from '@/lib/errors';

/** What responses hold. Each may have more fields than are told here, in later versions. */
export const id = z.string().describe('A UUID');
export const time = z.iso.datetime({ offset: true });
const whole = z.int().min(0);
const text = z.string();

export const usage = z
  .object({ prompt_tokens: whole, completion_tokens: whole, total_tokens: whole })
  .meta({ id: 'Usage', description: 'Tokens as the upstream counted them' });

export const part = z
  .union([
    z.object({ kind: z.enum(['text', 'reasoning']), text }),
    z.object({ kind: z.literal('source'), url: text, title: text.nullable() }),
  ])
  .meta({ id: 'Part' });

const order = {
  pinned_at: time.optional(),
  archived_at: time.optional(),
  deleted_at: time.optional(),
  tags: z.array(text).optional(),
};

export const sessionSummary = z
  .object({ id, title: text.nullable(), created_at: time, last_activity: time, ...order })
  .meta({ id: 'SessionSummary' });

export const session = z
  .object({ id, title: text.nullable(), created_at: time, updated_at: time, ...order })
  .meta({ id: 'Session' });

export const settings = z
  .object({
    system_prompt: text.nullable(),
    model: text.nullable(),
    temperature: z.number().nullable(),
    max_tokens: whole.nullable(),
  })
  .meta({ id: 'Settings', description: 'Null: the default' });

const message = z.object({
  id,
  role: z.enum(['user', 'assistant']),
  content: text,
  tokens: whole.nullable(),
  created_at: time,
  state: z.enum(['stopped', 'interrupted']).optional(),
  request_id: text.nullish(),
  finish: text.optional(),
  parts: z.array(part).optional(),
  model: text.optional(),
  usage: usage.optional(),
  first_token_ms: whole.optional(),
  total_ms: whole.optional(),
  thought_ms: whole.optional(),
});

export const appendedMessage = message.meta({ id: 'Message' });

export const shownSession = z
  .object({
    ...session.shape,
    ...settings.shape,
    head: id.nullable(),
    version: whole,
  })
  .meta({ id: 'ShownSession' });

export const sessionWithMessages = z
  .object({
    ...shownSession.shape,
    messages: z.array(
      message.extend({ parent_id: id.nullable(), siblings: z.array(id).optional() }),
    ),
  })
  .meta({ id: 'SessionWithMessages' });

export const memory = z
  .object({
    memory: text.nullable(),
    enabled: z.boolean(),
    available: z.boolean(),
    updated_at: time,
    pinned: z.array(text),
    chars: whole,
    max_chars: whole,
  })
  .meta({ id: 'Memory' });

const changes = z.array(z.object({ change: z.enum(['added', 'removed']), line: text })).nullable();

export const memoryRevision = z
  .object({
    id,
    memory: text.nullable(),
    author: z.enum(['model', 'user']),
    turn: text.nullable(),
    message_id: id.nullable(),
    changes,
    created_at: time,
  })
  .meta({ id: 'MemoryRevision' });

export const about = z
  .object({ about: text.nullable(), updated_at: time.nullable(), chars: whole, max_chars: whole })
  .meta({ id: 'About' });

export const aboutRevision = z
  .object({ id, about: text.nullable(), changes, created_at: time })
  .meta({ id: 'AboutRevision' });

/** The error of every call but those under /v1. */
export const error = z
  .object({
    error: text.describe('A sentence for people'),
    code: z.int().describe('The HTTP status'),
    request_id: text,
    kind: z.enum(Object.keys(STATUS) as [FailureKind, ...FailureKind[]]),
    reason: text.optional(),
    model: text.optional(),
    limit: z.number().optional(),
    encoding: text.optional(),
    mistake: text
      .optional()
      .describe('The first of details for people, where `error` is not in English'),
    details: z
      .array(z.object({ loc: z.array(z.union([text, z.int()])), msg: text, type: text }))
      .optional(),
  })
  .meta({ id: 'Error' });

export const completionError = z
  .object({
    error: z.object({
      message: text,
      type: text,
      param: text.nullable(),
      code: text.nullable(),
    }),
  })
  .meta({ id: 'CompletionError', description: 'As in OpenAI’s API' });
