/** What was used and may be: sums for each person, a key and an operator, and budgets under parallel sends. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES, SQLITE } from '../../databases/engines';
import { apiClient, OTHER_KEY } from '../../programs/api-client';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';
import { DONE, finish, raw, token, type Upstream } from '../../upstream/upstream';

/** A token of a prompt costs a millionth of a dollar, one of a reply ten. */
const LISTED = [
  { id: 'priced', pricing: { prompt: '0.000001', completion: '0.00001' } },
  { id: 'unpriced' },
];
const PASSWORD = 'a long enough password';

interface Client {
  call: BrowserClient['call'];
}
const send = ({ call }: Client, model = 'priced') =>
  call('POST', '/api/chat', { message: 'hi', model });

describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let app: Instance;
  let operator: BrowserClient;
  let ada: BrowserClient;

  const signUp = async (name: string, link?: string) => {
    const client = browserClient(app.url);
    const made = await client.call('POST', '/api/auth/sign-up', { name, password: PASSWORD, link });
    expect(made.status).toBe(200);
    return client;
  };
  const keyOf = async (client: BrowserClient, ...scopes: string[]) => {
    const made = await client.call('POST', '/api/keys', { name: 'ci', scopes });
    return apiClient(app.url, made.body.key as string);
  };
  const usage = async (client: Client, query = '') =>
    (await client.call('GET', `/api/usage${query}`)).body;

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      ACCESS: 'accounts',
      CHAT_PERSON_BUDGET: '1/month;2000 tokens/day',
      CHAT_KEY_BUDGET: '0.5/month',
    });
    deployment.upstream.behaveListing(() => [200, { data: LISTED }]);
    app = await deployment.start();
    operator = await signUp('Olga');
    const { token: link } = (await operator.call('POST', '/api/auth/links', { kind: 'invitation' }))
      .body;
    ada = await signUp('Ada', link as string);
  });
  afterAll(() => deployment.remove());

  test('people read their own sums, keys their person’s, and operators everybody’s', async () => {
    const program = await keyOf(ada, 'chat', 'usage:read');
    for (const client of [ada, ada, program]) expect((await send(client)).status).toBe(200);
    expect((await send(apiClient(app.url))).status).toBe(200);
    const day = new Date().toISOString().slice(0, 10);
    const three = {
      turns: 3,
      failed: 0,
      input_tokens: 21,
      output_tokens: 9,
      cost_micros: 111,
      unpriced: 0,
    };
    const times = { first_token_ms: expect.any(Number), total_ms: expect.any(Number) };
    const mine = await usage(ada);
    expect(mine).toMatchObject({ to: day, by: 'day', whose: 'mine', currency: 'USD' });
    expect(mine.rows).toEqual([{ day, ...three, ...times }]);
    expect(mine.total).toEqual({ ...three, ...times });
    expect((await usage(program, '?by=model')).rows).toMatchObject([{ model: 'priced', ...three }]);
    expect((await usage(operator)).rows).toEqual([]);

    const all = await usage(operator, '?whose=everyone&by=person');
    expect(all.rows).toMatchObject([
      { person: expect.stringMatching(/^user:/), name: 'Ada', ...three },
      { person: 'key:first', turns: 1 },
    ]);
    expect(all.total).toMatchObject({ turns: 4, cost_micros: 148 });
    const asOperator = await keyOf(operator, 'usage:read');
    for (const client of [ada, program, asOperator, apiClient(app.url)])
      expectError(await client.call('GET', '/api/usage?whose=everyone'), 403, /operator/);
    const scopeless = await keyOf(ada, 'chat', 'sessions:read', 'sessions:write', 'admin');
    expectError(await scopeless.call('GET', '/api/usage'), 403, /usage:read/);
  });

  test('the response says what is left of each budget, for a key its own too', async () => {
    const program = await keyOf(ada, 'chat', 'usage:read');
    await send(program);
    const { budgets, total } = await usage(program);
    const used = total.input_tokens + total.output_tokens;
    const resets_at = expect.stringMatching(/T00:00:00.000\+00:00$/);
    const person = { budget: 'CHAT_PERSON_BUDGET', reserved: 0, resets_at };
    const spent = total.cost_micros;
    expect(budgets).toEqual([
      {
        ...person,
        unit: 'money',
        window: 'month',
        limit: 1e6,
        used: spent,
        left: 1e6 - spent,
      },
      { ...person, unit: 'tokens', window: 'day', limit: 2000, used, left: 2000 - used },
      {
        ...person,
        budget: 'CHAT_KEY_BUDGET',
        unit: 'money',
        window: 'month',
        limit: 500_000,
        used: 37,
        left: 499_963,
      },
    ]);
  });

  test('a model without a price is refused where there is a budget in money', async () => {
    const refused = await send(ada, 'unpriced');
    expectError(refused, 403, /The price of “unpriced” is unknown.*CHAT_PRICES/);
    expect(refused.body).toMatchObject({ reason: 'no-price', model: 'unpriced' });
  });

  test('a file for spreadsheets has the same rows', async () => {
    const { headers, text } = await operator.call(
      'GET',
      '/api/usage?whose=everyone&by=person&format=csv',
    );
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="usage_.*_person.csv"/,
    );
    expect(text).toMatch(/^person,name,turns,failed,input_tokens,output_tokens,cost_usd,/);
    expect(text).toMatch(/\r\n"key:first","",1,0,7,3,0\.000037,0,\d+,\d+\r\n/);
  });

  test('a wrong parameter is named', async () => {
    for (const [query, field] of [
      ['from=yesterday', 'from'],
      ['from=2030-01-02&to=2030-01-01', 'from'],
      ['to=2026-02-30', 'to'],
      ['by=hour', 'by'],
      ['whose=ada', 'whose'],
      ['format=xlsx', 'format'],
    ] as const) {
      const refused = await ada.call('GET', `/api/usage?${query}`);
      expectError(refused, 400);
      expect(refused.body.details).toMatchObject([{ loc: [field] }]);
    }
  });

  test('a deleted account leaves sums without its name', async () => {
    const before = (await usage(operator, '?whose=everyone')).total;
    const left = await ada.call('DELETE', '/api/account?everything=true');
    expect(left.status).toBe(204);
    const people = async () =>
      ((await usage(operator, '?whose=everyone&by=person')).rows as { person: string }[]).map(
        ({ person }) => person,
      );
    await expect.poll(people).toEqual(['', 'key:first']);
    expect((await usage(operator, '?whose=everyone')).total).toEqual(before);
  });
});

/** Holds every answer until the test lets them end, with more tokens than were expected. */
function heldAnswers(upstream: Upstream) {
  let release = () => undefined as void;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const usage = { prompt_tokens: 0, completion_tokens: 9000, total_tokens: 9000 };
  const counted = `data: ${JSON.stringify({ choices: [], usage })}\n\n`;
  const long = raw(token('long'), finish('stop'), counted, DONE);
  upstream.behave(async (response, request) => {
    await released;
    await long(response, request);
  });
  return release;
}

describe('200 parallel sends at the edge of a budget', () => {
  let deployment: Deployment;
  let one: Instance;
  let two: Instance;

  beforeAll(async () => {
    deployment = await openDeployment(await SQLITE.empty(), {
      CHAT_KEY_BUDGET: '40000 tokens/month',
      CHAT_BUDGET: '1.2/month',
    });
    deployment.upstream.behaveListing(() => [200, { data: LISTED }]);
    [one, two] = await Promise.all([deployment.start(), deployment.start()]);
  });
  afterAll(() => deployment.remove());

  test.each([
    // A reply without a limit is reserved as 8,000 tokens.
    ['CHAT_KEY_BUDGET', 'one instance', 5, () => one.api],
    [
      'CHAT_KEY_BUDGET',
      'two instances',
      5,
      (n: number) => apiClient((n % 2 ? one : two).url, OTHER_KEY),
    ],
    // By visitors, after ten replies of nine cents: thirty cents are left, and eight are reserved for each.
    ['CHAT_BUDGET', 'two instances', 4, (n: number) => browserClient((n % 2 ? one : two).url)],
  ] as const)('%s on %s', async (budget, _where, admitted, clientOf) => {
    const { requests } = deployment.upstream;
    const before = requests.length;
    const release = heldAnswers(deployment.upstream);
    let refused = 0;
    const sends = Array.from({ length: 200 }, async (_, n) => {
      for (;;) {
        const answer = await send(clientOf(n));
        if (answer.status === 503) continue;
        if (answer.status !== 200) refused += 1;
        return answer;
      }
    });
    const answered = () => refused + requests.length - before;
    await expect.poll(answered, { timeout: 100_000 }).toBe(200);
    expect(requests.length - before).toBe(admitted);
    release();
    const answers = await Promise.all(sends);
    const [waits] = answers.filter(({ status }) => status === 429);
    if (waits) expectError(waits, 429, new RegExp(`reserved for replies|${budget}`));
    expect(waits?.body).toMatchObject({ reason: budget, window: 'replies' });
    expect(Number(waits?.headers.get('retry-after'))).toBeLessThanOrEqual(15);
    // All of it is used now, by less than what one more reply costs.
    const spent = await send(clientOf(0));
    expectError(spent, 429, new RegExp(`first day of the next month.*${budget}`));
    expect(spent.body).toMatchObject({ reason: budget, window: 'month' });
    expect(Number(spent.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(requests.length - before).toBe(admitted);
  });
});
