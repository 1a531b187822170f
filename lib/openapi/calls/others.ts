import { z } from 'zod';
import { answer, type Calls } from './call';

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
      answers: [{ ...FILE, says: 'A file', types: ['application/json', MARKDOWN] }],
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
      answers: [{ ...FILE, says: 'A file', types: ['application/json', MARKDOWN] }],
      failures: ['not-found'],
    },
  },
  '/api/sessions/import': {
    post: {
      title: 'Import a file',
      query: z.object({ dry_run: z.string().optional().describe('`1`: only a report') }),
      body: 'file',
      answers: [
        { status: 200, says: 'A line of JSON for each session', types: ['application/x-ndjson'] },
      ],
      failures: ['too-large', 'unreadable-file', 'unsupported', 'over-quota'],
    },
  },
  '/api/page': {
    get: {
      title: 'Read what a page of this app shows',
      says: 'The format is not stable.',
      query: z.object({ session_id: z.string().optional() }),
      answers: [answer('The lists and the session', page)],
    },
  },
  '/api/page/messages': {
    get: {
      title: 'Read earlier messages for a page of this app',
      says: 'The format is not stable.',
      query: z.object({ session_id: z.string(), before: z.string() }),
      answers: [answer('The messages', page)],
      failures: ['not-found'],
    },
  },
  '/health': {
    get: {
      title: 'Whether the process runs',
      answers: [answer('It runs', z.object({ status: z.literal('ok') }))],
    },
  },
  '/health/ready': {
    get: {
      title: 'Whether the process can serve requests',
      answers: [answer('It can', z.object({ status: z.literal('ready') }))],
    },
  },
  '/metrics': {
    get: {
      title: 'Read metrics',
      says: 'With `METRICS_TOKEN` as bearer token; 404 where that is not set.',
      answers: [{ status: 200, says: 'Prometheus’s text format', types: ['text/plain'] }],
      failures: ['not-found'],
    },
  },
  '/openapi.json': {
    get: { title: 'Read this document', answers: [answer('OpenAPI 3.1', page)] },
  },
};
