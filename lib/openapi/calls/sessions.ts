import { z } from 'zod';
import { BULK_OUTCOMES } from '@/lib/sessions/bulk/bulk-store';
import { bulkInput } from '@/lib/sessions/bulk/input';
import { forkInput, showBranchInput } from '@/lib/sessions/branches/input';
import { listSessionsQuery } from '@/lib/sessions/lists/list-query';
import { appendMessageInput } from '@/lib/sessions/message';
import { changeSessionInput, createSessionInput, readMessagesQuery } from '@/lib/sessions/session';
import { STORED_BODY, response, noContent, type Calls } from './call';
import {
  appendedMessage,
  id,
  session,
  sessionSummary,
  sessionWithMessages,
  settings,
  shownSession,
} from './shapes';

const yes = z.literal('true').optional();

export const sessionCalls: Calls = {
  '/api/sessions': {
    get: {
      title: 'List the sessions',
      query: listSessionsQuery,
      responses: [
        response('Newest activity first', z.array(sessionSummary), { headers: ['Link'] }),
      ],
    },
    post: {
      title: 'Create a session',
      headers: ['Idempotency-Key'],
      body: createSessionInput,
      bodyOptional: true,
      responses: [response('The session', session)],
      failures: ['too-large', 'unsupported', 'over-quota'],
    },
    delete: {
      title: 'Delete everything, or the trash, permanently',
      query: z.object({ everything: yes, trash: yes }),
      responses: [noContent('Deleted')],
    },
  },
  '/api/sessions/{id}': {
    get: {
      title: 'Read a session with its messages',
      query: readMessagesQuery.extend({ branches: z.literal('all').optional() }),
      responses: [response('The session and the shown branch', sessionWithMessages)],
      failures: ['not-found'],
    },
    patch: {
      title: 'Change a session, or show another branch',
      body: z.union([changeSessionInput, showBranchInput]),
      responses: [
        response(
          'The session; with its settings, if one was sent; with `head`, as a read has it',
          z.union([shownSession, session.extend(settings.partial().shape)]),
        ),
      ],
      failures: STORED_BODY,
    },
    delete: {
      title: 'Move a session to the trash, or delete it permanently',
      query: z.object({ permanent: yes }),
      responses: [noContent('Deleted')],
      failures: ['not-found'],
    },
  },
  '/api/sessions/{id}/messages': {
    post: {
      title: 'Append a message',
      body: appendMessageInput,
      responses: [response('The message', appendedMessage, { status: 201 })],
      failures: STORED_BODY,
    },
  },
  '/api/sessions/{id}/fork': {
    post: {
      title: 'Fork a session at a message',
      headers: ['Idempotency-Key'],
      body: forkInput,
      responses: [response('The new session', shownSession, { status: 201 })],
      failures: STORED_BODY,
    },
  },
  '/api/sessions/{id}/restore': {
    post: {
      title: 'Restore a session from the trash',
      responses: [response('The session', session)],
      failures: ['not-found', 'over-quota'],
    },
  },
  '/api/sessions/bulk': {
    post: {
      title: 'Change many sessions',
      body: bulkInput,
      responses: [
        response(
          'What became of each',
          z.object({
            results: z.array(z.object({ id, result: z.enum(BULK_OUTCOMES) })),
          }),
        ),
      ],
      failures: ['too-large', 'unsupported', 'over-quota'],
    },
  },
  '/api/sessions/changes': {
    get: {
      title: 'Watch for changes in sessions',
      responses: [
        {
          status: 200,
          description: 'Frames, until the client disconnects',
          types: ['text/event-stream'],
        },
      ],
      failures: ['over-budget'],
    },
  },
  '/api/tags': {
    get: {
      title: 'List the tags',
      responses: [
        response(
          'Each with the number of its sessions',
          z.object({
            tags: z.array(z.object({ tag: z.string(), listed: z.int(), archived: z.int() })),
          }),
        ),
      ],
    },
  },
};
