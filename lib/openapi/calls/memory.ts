import { z } from 'zod';
import {
  changeMemoryInput,
  editMemoryInput,
  forgetMemoryQuery,
  readRevisionsQuery,
} from '@/lib/sessions/memory/memory';
import { STORED_BODY, response, noContent, type Calls } from './call';
import { id, memory, memoryRevision } from './shapes';

const request = z.object({
  request_id: z.string(),
  created_at: z.string(),
  model: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  tokens: z.int().nullable(),
  omitted: z.int(),
  system_prompt: z.string().nullable(),
  about: z.string().nullable(),
  memory: z.string().nullable(),
  forgotten: z.array(z.string()),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

/** `memoryMaxChars`: the configured length. */
export const memoryCalls = (memoryMaxChars: number): Calls => ({
  '/api/sessions/{id}/memory': {
    get: {
      title: 'Read the memory of a session',
      responses: [response('The memory', memory)],
      failures: ['not-found'],
    },
    put: {
      title: 'Write the memory, or switch it on or off',
      body: editMemoryInput(memoryMaxChars),
      responses: [response('The memory', memory)],
      failures: STORED_BODY,
    },
    patch: {
      title: 'Pin, unpin or forget a line, or undo a revision',
      body: changeMemoryInput,
      responses: [response('The memory', memory)],
      failures: STORED_BODY,
    },
    delete: {
      title: 'Delete the memory',
      query: forgetMemoryQuery,
      responses: [noContent('Deleted')],
      failures: ['not-found', 'over-quota'],
    },
  },
  '/api/sessions/{id}/memory/revisions': {
    get: {
      title: 'Read the history of the memory',
      query: readRevisionsQuery,
      responses: [response('Newest first', z.array(memoryRevision), { headers: ['Link'] })],
      failures: ['not-found'],
    },
  },
  '/api/sessions/{id}/messages/{messageId}/prompt': {
    get: {
      title: 'Read what the model saw for a reply',
      responses: [
        response(
          'The requests that wrote it',
          z.object({ message_id: id, requests: z.array(request) }),
        ),
      ],
      failures: ['not-found'],
    },
  },
});
