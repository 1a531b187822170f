/** Settings that an operator changes while the server runs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES, SQLITE } from '../../databases/engines';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

interface Shown {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

const of = (body: unknown, name: string) =>
  (body as { settings: Shown[] }).settings.find((each) => each.name === name);

describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let app: Instance;
  let other: Instance;
  let olga: BrowserClient;
  const change = (values: object, client = olga) => client.call('PATCH', '/api/settings', values);
  const read = (client = olga) => client.call('GET', '/api/settings');
  const models = async (instance: Instance) => (await instance.api.call('GET', '/api/models')).body;
  const signUp = (client: BrowserClient, name: string) =>
    client.call('POST', '/api/auth/sign-up', { name, password: 'a long enough password' });

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      ACCESS: 'accounts',
      SIGN_IN_RATE_LIMIT: '1000/minute',
      CHAT_RATE_LIMIT: '',
      TURNS_PER_OWNER: '',
    });
    [app, other] = await Promise.all([deployment.start(), deployment.start()]);
    olga = browserClient(app.url);
    await signUp(olga, 'Olga');
  });
  afterAll(() => deployment.remove());

  test('they count here at once and on other instances within seconds, with who changed what', async () => {
    const changed = await change({
      CHAT_MODELS: 'first, second',
      CHAT_DEFAULT_MODEL: 'second',
      CHAT_MODEL_NAMES: 'second=Clever; gone=Gone',
      CHAT_SYSTEM_PROMPT: 'Answer in rhyme.',
      SIGN_UP: 'open',
    });
    expect(changed.status).toBe(200);
    expect(of(changed.body, 'CHAT_MODELS')).toMatchObject({
      value: 'first, second',
      source: 'stored',
    });
    expect(changed.body.changes).toContainEqual(
      expect.objectContaining({ name: 'SIGN_UP', before: null, after: 'open', by: 'Olga' }),
    );
    expect((await models(app)).default).toBe('second');
    await expect
      .poll(() => models(other))
      .toMatchObject({
        models: [{ id: 'second' }, { id: 'first' }],
        defaults: { system_prompt: 'Answer in rhyme.' },
      });
    const eve = browserClient(other.url);
    // People read the name, programs the model.
    const page = await (await olga.fetch('/', { headers: { Accept: 'text/html' } })).text();
    expect(page).toMatch(/<option value="second"[^>]*>Clever<\/option>/);
    expect((await signUp(eve, 'Eve')).status).toBe(200);
    const sent = await eve.call('POST', '/api/chat', { message: 'Hi' });
    expect(sent.status).toBe(200);
    const { body } = deployment.upstream.requests.at(-1) ?? {};
    expect(body).toMatchObject({
      model: 'second',
      messages: [{ role: 'system', content: 'Answer in rhyme.' }, { role: 'user' }],
    });
    expect((await read(eve)).body).toMatchObject({ code: 403, reason: 'operator' });
    expect((await change({ SIGN_UP: 'closed' }, eve)).status).toBe(403);
    expect((await read(browserClient(app.url))).status).toBe(401);
  });

  test('limits change while the server runs', async () => {
    await change({ CHAT_RATE_LIMIT: '2/day', OWNER_MAX_SESSIONS: '1', CHAT_REPLY_MAX_TOKENS: '7' });
    expect((await models(app)).defaults).toMatchObject({ max_tokens: 7 });
    const made = async () => (await olga.call('POST', '/api/sessions', {})).status;
    expect([await made(), await made()]).toEqual([200, 403]);
    const send = async () => (await olga.call('POST', '/api/chat', { message: 'Hi' })).status;
    expect([await send(), await send(), await send()]).toEqual([200, 200, 429]);
    await change({ CHAT_RATE_LIMIT: null, OWNER_MAX_SESSIONS: ' ' });
    expect([await made(), await send()]).toEqual([200, 200]);
    // What was used before counts.
    await change({ CHAT_PERSON_BUDGET: '1 tokens/day' });
    expect((await olga.call('POST', '/api/chat', { message: 'Hi' })).body).toMatchObject({
      code: 429,
      reason: 'CHAT_PERSON_BUDGET',
    });
    await change({ CHAT_PERSON_BUDGET: null });
    expect(await send()).toBe(200);
    expect(of((await read()).body, 'OWNER_MAX_SESSIONS')).toMatchObject({
      value: '20000',
      source: 'default',
    });
  });

  test('the doctor looks at the server with the settings that count, for operators alone', async () => {
    const { status, body } = await olga.call('POST', '/api/doctor');
    expect(status).toBe(200);
    expect(body.findings).toEqual(
      expect.arrayContaining([
        { area: 'access', level: 'ok', says: 'People sign in (ACCESS=accounts).' },
        expect.objectContaining({ area: 'database', level: 'ok' }),
        expect.objectContaining({ says: expect.stringMatching(/^second answers within/) }),
      ]),
    );
    expect((await browserClient(app.url).call('POST', '/api/doctor')).status).toBe(401);
    expect((await app.api.call('POST', '/api/doctor')).status).toBe(403);
  });

  test('a value that does not fit is refused by its name, and nothing is stored', async () => {
    const before = (await read()).body;
    const refused = await change({ TURNS_PER_OWNER: 'many', SIGN_UP: 'closed' });
    expect(refused).toMatchObject({ status: 400 });
    expect(refused.body.details).toMatchObject([
      { loc: ['TURNS_PER_OWNER'], msg: expect.stringContaining('whole number') },
    ]);
    const unlisted = await change({ CHAT_DEFAULT_MODEL: 'third' });
    expect(unlisted.body.details).toMatchObject([{ loc: ['CHAT_DEFAULT_MODEL'] }]);
    expect((await change({ APP_SECRET: 'x' })).status).toBe(400);
    expect((await change({ SIGN_UP: 7 })).status).toBe(400);
    expect((await read()).body).toEqual(before);
  });

  test('the environment wins and says so, and a key of the operator changes nothing', async () => {
    const fixed = await change({ CHAT_DAILY_LIMIT: '1 turns' });
    expect(fixed.body.details).toMatchObject([
      { loc: ['CHAT_DAILY_LIMIT'], msg: expect.stringContaining('environment') },
    ]);
    expect(of((await read()).body, 'CHAT_DAILY_LIMIT')).toMatchObject({ source: 'environment' });
    const third = await deployment.start({ CHAT_MODELS: 'mine' });
    expect(await models(third)).toMatchObject({ models: [{ id: 'mine' }] });
    const made = await olga.call('POST', '/api/keys', { name: 'all', scopes: ['admin', 'chat'] });
    const key = { Authorization: `Bearer ${String(made.body.key)}` };
    const asked = await fetch(`${app.url}/api/settings`, { headers: key });
    expect(asked.status).toBe(403);
  });
});

describe('without accounts', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await openDeployment(await SQLITE.empty());
  });
  afterAll(() => deployment.remove());

  test('the user of the machine is the operator where ACCESS is not set', async () => {
    const alone = await deployment.start({ ACCESS: '' });
    const changed = await browserClient(alone.url).call('PATCH', '/api/settings', {
      CHAT_MODELS: 'mine',
    });
    expect(changed.body.changes).toMatchObject([{ name: 'CHAT_MODELS', by: null }]);
    const chosen = await deployment.start();
    expect((await browserClient(chosen.url).call('GET', '/api/settings')).status).toBe(403);
    const proxied = await deployment.start({
      ACCESS: '',
      TRUSTED_PROXIES: '1',
      OPENAI_BASE_URL: '',
    });
    expect((await browserClient(proxied.url).call('GET', '/api/settings')).status).toBe(403);
  });

  test('behind a proxy the operators are those whom the environment names', async () => {
    const app = await deployment.start({
      ACCESS: 'proxy',
      PROXY_USER_FROM: 'loopback',
      PROXY_OPERATORS: 'ada, olga',
    });
    const read = (name: string) =>
      fetch(`${app.url}/api/settings`, { headers: { 'Remote-User': name } });
    expect([(await read('ada')).status, (await read('eve')).status]).toEqual([200, 403]);
  });
});
