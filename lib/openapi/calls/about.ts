import { z } from 'zod';
import { editAboutInput, undoAboutInput } from '@/lib/sessions/about/about';
import { forgetMemoryQuery, readRevisionsQuery } from '@/lib/sessions/memory/memory';
import { STORED_BODY, response, noContent, type Calls } from './call';
import { about, aboutRevision } from './shapes';

export const aboutCalls: Calls = {
  '/api/about': {
    get: { title: 'Read About me', responses: [response('About me', about)] },
    put: {
      title: 'Write About me',
      body: editAboutInput,
      responses: [response('About me', about)],
      failures: STORED_BODY,
    },
    patch: {
      title: 'Undo a revision of About me',
      body: undoAboutInput,
      responses: [response('About me', about)],
      failures: STORED_BODY,
    },
    delete: {
      title: 'Delete About me',
      query: forgetMemoryQuery,
      responses: [noContent('Deleted')],
      failures: ['over-quota'],
    },
  },
  '/api/about/revisions': {
    get: {
      title: 'Read the history of About me',
      query: readRevisionsQuery,
      responses: [response('Newest first', z.array(aboutRevision), { headers: ['Link'] })],
    },
  },
};
