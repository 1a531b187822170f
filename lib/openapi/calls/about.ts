import { z } from 'zod';
import { editAboutInput, undoAboutInput } from '@/lib/sessions/about/about';
import { forgetMemoryQuery, readRevisionsQuery } from '@/lib/sessions/memory/memory';
import { answer, nothing, type Call, type Calls } from './call';
import { about, aboutRevision } from './shapes';

const BODY: Call['failures'] = ['not-found', 'conflict', 'too-large', 'unsupported', 'over-quota'];

export const aboutCalls: Calls = {
  '/api/about': {
    get: { title: 'Read About me', answers: [answer('About me', about)] },
    put: {
      title: 'Write About me',
      body: editAboutInput,
      answers: [answer('About me', about)],
      failures: BODY,
    },
    patch: {
      title: 'Undo a revision of About me',
      body: undoAboutInput,
      answers: [answer('About me', about)],
      failures: BODY,
    },
    delete: {
      title: 'Delete About me',
      query: forgetMemoryQuery,
      answers: [nothing('Deleted')],
      failures: ['over-quota'],
    },
  },
  '/api/about/revisions': {
    get: {
      title: 'Read the history of About me',
      query: readRevisionsQuery,
      answers: [answer('Newest first', z.array(aboutRevision), { headers: ['Link'] })],
    },
  },
};
