import { z } from 'zod';
import { continueInput, regenerateInput, sendInput } from '@/lib/chat/turn/turn';
import { searchQuery } from '@/lib/search/search';
import { response, noContent, type Call, type Calls } from './call';
import { id, part, settings, time, usage } from './shapes';

const body = z.union([sendInput, continueInput, regenerateInput]);
const STREAM = ['text/event-stream'];

const reply = z
  .object({
    reply: z.string(),
    request_id: z.string(),
    usage: usage.nullable(),
    reply_id: id.optional(),
    state: z.enum(['stopped', 'interrupted']).optional(),
    cut: z.string().optional(),
    finish: z.string().optional(),
    omitted: z.int().optional(),
    thought_ms: z.int().optional(),
    parts: z.array(part).optional(),
  })
  .meta({ id: 'Reply' });

const send: Pick<Call, 'headers' | 'body' | 'failures'> = {
  headers: ['Idempotency-Key'],
  body,
  failures: [
    'not-found',
    'conflict',
    'too-large',
    'unsupported',
    'key-reused',
    'over-budget',
    'over-quota',
    'upstream',
    'interrupted',
  ],
};

const found = z.object({
  session_id: id,
  message_id: id.nullable(),
  kind: z.enum(['message', 'title', 'memory']),
  title: z.string(),
  role: z.enum(['user', 'assistant']).nullable(),
  snippet: z.string(),
  highlights: z.array(z.array(z.int())),
  created_at: time,
});

const watched = { description: 'Frames, with comments as heartbeats', status: 200, types: STREAM };

export const chatCalls: Calls = {
  '/api/chat': {
    post: {
      title: 'Send and wait for the reply',
      description: 'Sends a message, continues a reply or asks for another one.',
      ...send,
      responses: [response('The reply', reply)],
    },
  },
  '/api/chat/stream': {
    post: {
      title: 'Send and watch the reply',
      description: 'The same as an event stream: a kickoff frame, tokens, one terminal frame.',
      ...send,
      responses: [watched],
    },
  },
  '/api/chat/stream/{requestId}': {
    get: {
      title: 'Watch a turn again',
      headers: ['Last-Event-ID'],
      responses: [watched],
      failures: ['not-found', 'over-budget'],
    },
    delete: {
      title: 'Stop a turn',
      query: z.object({ dismiss: z.literal('true').optional() }),
      responses: [noContent('Stopped, or already ended')],
      failures: ['not-found'],
    },
  },
  '/api/models': {
    get: {
      title: 'List the models',
      responses: [
        response(
          'The models, the default and the default settings',
          z.object({
            models: z.array(z.object({ id: z.string() })),
            default: z.string().nullable(),
            defaults: settings,
            demo: z.boolean(),
            hint: z.string().optional(),
          }),
        ),
      ],
    },
  },
  '/api/connection': {
    post: {
      title: 'Ask the configured model for one word',
      responses: [
        response(
          'Whether it answered',
          z.object({
            state: z.enum(['demo', 'ok', 'failed']),
            model: z.string().optional(),
            ms: z.number().optional(),
            reason: z.string().nullable().optional(),
          }),
        ),
      ],
    },
  },
  '/api/search': {
    get: {
      title: 'Search titles, messages and memories',
      query: searchQuery,
      responses: [
        response(
          'Newest first, twenty a page',
          z.object({ results: z.array(found), indexing: z.boolean().optional() }),
          { headers: ['Link'] },
        ),
      ],
    },
  },
};
