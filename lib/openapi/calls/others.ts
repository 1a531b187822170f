import { z } from 'zod';
import { response, type Calls } from './call';

const MARKDOWN = 'text/markdown';
const FILE = { status: 200, headers: ['Content-Disposition'] as const };
const branches = z.string().optional().describe('`all`: every branch');
const reasoning = z.string().optional().describe('`1`: with reasoning');
const page = z.looseObject({});

export const otherCalls: Calls = {
  '/api/export': {
    get: {
      title: 'Export everything',
      query: z.object({
        format: z.enum(['json', 'md']).optional(),
        ids: z.string().optional().describe('At most 200 session ids, with commas between'),
        branches,
        reasoning,
      }),
      responses: [{ ...FILE, description: 'A file', types: ['application/json', MARKDOWN] }],
      failures: ['not-found'],
    },
  },
  '/api/sessions/{id}/export': {
    get: {
      title: 'Export a session',
      query: z.object({
        format: z.enum(['json', 'md', 'ask-next', 'markdown']).optional(),
        branches,
        reasoning,
      }),
      responses: [{ ...FILE, description: 'A file', types: ['application/json', MARKDOWN] }],
      failures: ['not-found'],
    },
  },
  '/api/sessions/import': {
    post: {
      title: 'Import a file',
      query: z.object({ dry_run: z.string().optional().describe('`1`: only a report') }),
      body: 'file',
      responses: [
        {
          status: 200,
          description: 'A line of JSON for each session',
          types: ['application/x-ndjson'],
        },
      ],
      failures: ['too-large', 'unreadable-file', 'unsupported', 'over-quota'],
    },
  },
  '/api/page': {
    get: {
      title: 'Read what a page of this app shows',
      description: 'The format is not stable.',
      query: z.object({ session_id: z.string().optional() }),
      responses: [response('The lists and the session', page)],
    },
  },
  '/api/page/messages': {
    get: {
      title: 'Read earlier messages for a page of this app',
      description: 'The format is not stable.',
      query: z.object({ session_id: z.string(), before: z.string() }),
      responses: [response('The messages', page)],
      failures: ['not-found'],
    },
  },
  '/health': {
    get: {
      title: 'Whether the process runs',
      responses: [response('It runs', z.object({ status: z.literal('ok') }))],
    },
  },
  '/health/ready': {
    get: {
      title: 'Whether the process can serve requests',
      responses: [response('It can', z.object({ status: z.literal('ready') }))],
    },
  },
  '/metrics': {
    get: {
      title: 'Read metrics',
      description: 'With `METRICS_TOKEN` as bearer token; 404 where that is not set.',
      responses: [{ status: 200, description: 'Prometheus’s text format', types: ['text/plain'] }],
      failures: ['not-found'],
    },
  },
  '/openapi.json': {
    get: { title: 'Read this document', responses: [response('OpenAPI 3.1', page)] },
  },
};
