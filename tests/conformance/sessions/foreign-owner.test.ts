/** Every route, asked with the ids of another owner: they must be as unknown as random ones. */
import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { OTHER_KEY } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { cutAfter, stallAfter, status } from '../../upstream/upstream';

/** In every text of the owner. */
const SECRET = 'tangerine';

interface Ids {
  readonly session: string;
  readonly trashed: string;
  readonly cut: string;
  readonly failed: string;
  readonly running: string;
  /** A message of the session. */
  readonly reply: string;
  /** A revision of About me. */
  readonly about: string;
  /** A session of the caller. */
  readonly own: string;
}
type Ask = readonly [path: string, body?: object | undefined];

const message = 'hello';
const ASKED = [{ role: 'user', content: message }];
const chats = ({ session, own, cut, failed, reply }: Ids): Ask[] => [
  ['', { message, session_id: session }],
  ['', { continue: cut, session_id: session }],
  ['', { continue: cut, session_id: own }],
  ['', { message, session_id: session, retry_of: failed }],
  ['', { message, session_id: own, parent_id: reply }],
  ['', { regenerate: reply, session_id: session }],
  ['', { regenerate: reply, session_id: own }],
];
const inSession =
  (...bodies: (object | undefined)[]) =>
  ({ session, trashed }: Ids): Ask[] =>
    bodies.flatMap((body): Ask[] => [
      [session, body],
      [trashed, body],
    ]);
const turns = ({ cut, failed, running }: Ids): Ask[] => [[cut], [failed], [running]];

const fileWith = (id: string, reply: string) => {
  const time = '2026-01-31T12:00:00Z';
  const messages = [{ id: reply, seq: 1, role: 'user', content: 'mine', created_at: time }];
  const times = { created_at: time, updated_at: time, last_activity: time };
  return { format: 'ask-next', version: 1, sessions: [{ id, ...times, messages }] };
};

/** The requests for each method and route. A path here replaces the id, or follows the route. */
const REQUESTS: Readonly<Record<string, (ids: Ids) => Ask[]>> = {
  'GET /api/models': () => [['']],
  'GET /api/page': ({ session, trashed }) => [
    [''],
    [`?session_id=${session}`],
    [`?session_id=${trashed}`],
  ],
  'GET /api/page/messages': ({ session, cut }) => [[`?session_id=${session}&before=${cut}`]],
  'POST /api/chat': chats,
  'POST /api/chat/stream': chats,
  'GET /api/chat/stream/:id': turns,
  'DELETE /api/chat/stream/:id': (ids) =>
    turns(ids).flatMap(([id]): Ask[] => [[id], [`${id}?dismiss=true`]]),
  'GET /api/about': () => [['']],
  'PUT /api/about': () => [['', { about: 'mine' }]],
  'PATCH /api/about': ({ about }) => [['', { undo: about }]],
  'GET /api/about/revisions': () => [['']],
  'DELETE /api/about': () => [[''], ['?history=true']],
  'GET /api/export': ({ session }) => [[''], ['?format=md&branches=all'], [`?ids=${session}`]],
  'GET /api/tags': () => [['']],
  'GET /api/search': () => [[`?q=${SECRET}`]],
  'GET /api/sessions': () => [[''], ['?sort=title'], ['?tag=taken']],
  'POST /api/sessions': () => [['', { title: 'mine' }]],
  'POST /api/sessions/bulk': ({ session, trashed }) =>
    ['delete', 'archive', 'restore', 'delete-permanently', 'tag'].map((action): Ask => [
      '',
      { ids: [session, trashed], action, add: ['taken'] },
    ]),
  'DELETE /api/sessions': () => [['?trash=true'], ['?everything=true']],
  'GET /api/sessions/:id': inSession(undefined),
  'PATCH /api/sessions/:id': (ids) => [
    ...inSession({ title: 'taken' }, { pinned: true, archived: true }, { head: ids.reply })(ids),
    [ids.own, { head: ids.reply }],
  ],
  'DELETE /api/sessions/:id': (ids) =>
    inSession(undefined)(ids).flatMap(([id]): Ask[] => [[id], [`${id}?permanent=true`]]),
  'GET /api/sessions/:id/export': inSession(undefined),
  'POST /api/sessions/:id/messages': inSession({ role: 'user', content: 'taken' }, {}),
  'GET /api/sessions/:id/messages/:messageId/prompt': (ids) =>
    [ids.session, ids.trashed, ids.own].map((id): Ask => [`${id}/messages/${ids.reply}`]),
  'POST /api/sessions/:id/fork': (ids) => [
    ...inSession({ message_id: ids.reply })(ids),
    [ids.own, { message_id: ids.reply }],
  ],
  'POST /api/sessions/import': ({ session, reply }) => [
    ['?dry_run=1', fileWith(session, reply)],
    ['', fileWith(session, reply)],
    ['', fileWith(randomUUID(), reply)],
  ],
  'POST /api/sessions/:id/restore': inSession({}),
  'GET /api/sessions/:id/memory': inSession(undefined),
  'PUT /api/sessions/:id/memory': inSession({ memory: 'taken' }, { enabled: false }),
  'PATCH /api/sessions/:id/memory': inSession({ pin: SECRET }, { forget: SECRET }),
  'DELETE /api/sessions/:id/memory': inSession(undefined),
  'GET /api/sessions/:id/memory/revisions': inSession(undefined),
  // Neither may have keys: see keys.test.ts.
  'GET /api/keys': () => [['']],
  'POST /api/keys': () => [['', { name: 'taken', scopes: ['chat'] }]],
  'DELETE /api/keys/:id': inSession(undefined),
  'POST /v1/chat/completions': ({ session, trashed }) =>
    [session, trashed].map((id) => ['', { messages: ASKED, metadata: { session_id: id } }]),
  'GET /v1/models': () => [['']],
  'GET /v1/models/:id': inSession(undefined),
  'GET /api/usage': () => [[''], ['?whose=everyone&by=person']],
  // The operator's.
  'GET /api/settings': () => [['']],
  'PATCH /api/settings': () => [['', { CHAT_MODELS: 'taken' }]],
  'POST /api/doctor': () => [['']],
  // It takes no input, and waits for the model, which stalls here: see check-connection.test.ts.
  'POST /api/connection': () => [],
  // An endless stream: see changes.test.ts.
  'GET /api/sessions/changes': () => [],
};

/** Without those of accounts, which answer 404 here. */
const ROUTES = globSync('app/{api,v1}/**/route.ts', {
  exclude: ['app/api/{auth,account,people}/**'],
})
  .filter((file) => !file.includes('[['))
  .map((file) =>
    file
      .replaceAll('\\', '/')
      .replace(/^app(.*)\/route\.ts$/, '$1')
      .replace(/\[(?:\.{3})?\w+\]/, ':id')
      .replaceAll(/\[(\w+)\]/g, ':$1'),
  );

let deployment: Deployment;
let app: Instance;
let its: Ids;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start();
  its = { ...(await lived(app)), own: '' };
});
afterAll(() => deployment.remove());

/** An owner with a session, a deleted one, and a turn that was cut, one that failed and one that runs. */
async function lived({ api }: Instance): Promise<Omit<Ids, 'own'>> {
  const [session, trashed] = [await api.createSession(SECRET), await api.createSession(SECRET)];
  await api.call('DELETE', `/api/sessions/${trashed}`);
  await api.call('PUT', `/api/sessions/${session}/memory`, { memory: SECRET });
  await api.call('PUT', '/api/about', { about: SECRET });
  const [about] = (await api.call('GET', '/api/about/revisions')).body as { id: string }[];
  const send = async () => {
    const sent = await api.fetch('/api/chat/stream', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: SECRET, session_id: session }),
    });
    return { sent, id: sent.headers.get('x-request-id') ?? '' };
  };
  const ended = async () => {
    const { sent, id } = await send();
    await sent.text();
    return id;
  };
  deployment.upstream.behave(status(401), cutAfter(SECRET), stallAfter(SECRET));
  const [failed, cut] = [await ended(), await ended()];
  const [, reply] = await api.messages(session);
  const running = (await send()).id;
  return { session, trashed, cut, failed, running, reply: reply?.id ?? '', about: about?.id ?? '' };
}

/** What the owner sees of it all. */
async function seenByOwner(): Promise<unknown> {
  const { api } = app;
  const paths = [
    '/api/about',
    '/api/sessions',
    '/api/tags',
    `/api/page?session_id=${its.session}`,
    `/api/sessions/${its.session}`,
    `/api/sessions/${its.session}/memory/revisions`,
  ];
  return Promise.all(paths.map(async (path) => (await api.call('GET', path)).body as unknown));
}

test('each method of each route is asked below', async () => {
  const routes: string[] = [];
  for (const route of ROUTES) {
    const { headers } = await app.api.call('OPTIONS', route.replace(':id', randomUUID()));
    for (const method of headers.get('allow')?.split(', ') ?? [])
      if (!['HEAD', 'OPTIONS'].includes(method)) routes.push(`${method} ${route}`);
  }
  expect(routes.toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
});

test.each([
  ['another key', { Authorization: `Bearer ${OTHER_KEY}` }],
  ['a visitor', {}],
])('%s learns nothing and changes nothing, on any route', async (_, caller: object) => {
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { ...caller, ...(body && { 'Content-Type': 'application/json' }) };
    const init = body ? { body: JSON.stringify(body) } : {};
    const answered = await fetch(app.url + path, { method, headers, ...init });
    return { status: answered.status, text: await answered.text() };
  };
  const before = await seenByOwner();
  expect(JSON.stringify(before)).toContain(SECRET);
  const { text } = await ask('POST', '/api/sessions', {});
  const own = (JSON.parse(text) as { id: string }).id;
  const random = () => ({
    session: randomUUID(),
    trashed: randomUUID(),
    cut: randomUUID(),
    failed: randomUUID(),
    running: randomUUID(),
    reply: randomUUID(),
    about: randomUUID(),
    own,
  });
  for (const [of, asksOf] of Object.entries(REQUESTS)) {
    const [method = '', route = ''] = of.split(' ');
    const answers = async (asks: Ask[]) => {
      const all = [];
      for (const [place, body] of asks) {
        const path = route.includes(':id') ? inPlace(route, place) : route + place;
        all.push(plain(await ask(method, path, body)));
      }
      return all;
    };
    const foreign = await answers(asksOf({ ...its, own }));
    expect(foreign, of).toEqual(await answers(asksOf(random())));
    expect(JSON.stringify(foreign), of).not.toContain(SECRET);
  }
  expect(await seenByOwner()).toEqual(before);
});

/** A route with an id, and with the query that stands after the id. */
function inPlace(route: string, place: string): string {
  const [id = '', query] = place.split('?');
  return (
    route.replace(/:id(?:\/messages\/:messageId)?/, id) + (query === undefined ? '' : `?${query}`)
  );
}

/** Without what differs between two answers to one question. */
function plain({ status: code, text }: { status: number; text: string }) {
  return {
    code,
    text: text.replaceAll(
      /"(request_id|id|session_id|created_at|updated_at|exported_at|last_activity|lastActivity)":"[^"]*"/g,
      '"$1":""',
    ),
  };
}
