import { requestJson, type CallResult } from '@/lib/client/net/call';
import type { presentAbout, presentAboutRevision } from '@/lib/sessions/about/about';
import type { MemoryCalls, Remembered, RememberedRevision } from './memory-calls';

const AT = '/api/about';

type StoredAbout = ReturnType<typeof presentAbout>;
type StoredAboutRevision = ReturnType<typeof presentAboutRevision>;

/** The text is one of a kind, so all pages use these calls. */
export const aboutCalls: MemoryCalls = {
  read: async () => mapped(await requestJson<StoredAbout>(AT), remembered),
  write: async ({ memory: about, seen }) => {
    const body = { about, seen };
    return mapped(await requestJson<StoredAbout>(AT, { method: 'PUT', body }), remembered);
  },
  change: async (body) =>
    mapped(await requestJson<StoredAbout>(AT, { method: 'PATCH', body }), remembered),
  forget: () => requestJson<null>(AT, { method: 'DELETE' }),
  forgetHistory: () => requestJson<null>(`${AT}?history=true`, { method: 'DELETE' }),
  revisions: async (limit) =>
    mapped(
      await requestJson<StoredAboutRevision[]>(`${AT}/revisions?limit=${String(limit)}`),
      (rows) => rows.map(revision),
    ),
};

const remembered = ({ about, chars, max_chars }: StoredAbout): Remembered => ({
  memory: about,
  enabled: true,
  available: true,
  pinned: [],
  chars,
  max_chars,
});

const revision = (row: StoredAboutRevision): RememberedRevision => ({
  ...row,
  author: 'user',
  message_id: null,
});

const mapped = <From, To>(answer: CallResult<From>, map: (value: From) => To): CallResult<To> =>
  answer.ok ? { ...answer, value: map(answer.value) } : answer;
