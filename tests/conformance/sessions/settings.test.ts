import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { answer, status, type Upstream } from '../../upstream/upstream';

/** What a session asks of its model, and what the model saw. */
describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let api: ApiClient;
  let sessionId: string;

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), { CHAT_REPLY_MAX_TOKENS: '300' });
    ({ upstream } = deployment);
    ({ api } = await deployment.start());
  });
  afterAll(() => deployment.remove());
  beforeEach(async () => {
    upstream.reset();
    sessionId = await api.createSession();
  });

  const change = (settings: object) => api.call('PATCH', `/api/sessions/${sessionId}`, settings);
  const send = async (message: string) =>
    (await api.call('POST', '/api/chat', { message, session_id: sessionId })).body as {
      reply_id: string;
    };
  const prompt = (messageId: string) =>
    api.call('GET', `/api/sessions/${sessionId}/messages/${messageId}/prompt`);

  test('a session has the defaults until it has its own settings, which its turns send', async () => {
    const none = { system_prompt: null, model: null, temperature: null, max_tokens: null };
    expect((await api.call('GET', `/api/sessions/${sessionId}`)).body).toMatchObject(none);
    const { defaults } = (await api.call('GET', '/api/models')).body;
    expect(defaults).toEqual({
      system_prompt: 'You are a helpful assistant.',
      model: 'gpt-3.5-turbo',
      temperature: null,
      max_tokens: 300,
    });
    const settings = {
      system_prompt: 'Be brief.',
      model: 'gpt-4',
      temperature: 0.5,
      max_tokens: 50,
    };
    const changed = await change(settings);
    expect(changed).toMatchObject({ status: 200, body: settings });
    expect((await api.call('GET', `/api/sessions/${sessionId}`)).body).toMatchObject(settings);

    const { reply_id: replyId } = await send('hello');
    const { messages, model, ...parameters } = upstream.requests.at(-1)?.body ?? {};
    expect({ model, parameters }).toMatchObject({
      model: 'gpt-4',
      parameters: { temperature: 0.5, max_tokens: 50 },
    });
    const [question] = (await api.messages(sessionId)).slice(-2);
    expect(await change({ system_prompt: null, temperature: null })).toMatchObject({
      body: { ...settings, system_prompt: null, temperature: null },
    });
    expect((await prompt(replyId)).body).toMatchObject({
      message_id: replyId,
      requests: [{ model, messages, parameters, system_prompt: 'Be brief.', memory: null }],
    });
    expect(await prompt(question?.id ?? '')).toMatchObject({
      status: 404,
      body: { reason: 'prompt' },
    });
  });

  test('a temperature that the model does not take is sent once and left out from then on', async () => {
    await change({ model: 'gpt-4', temperature: 0.3 });
    const error = {
      message: "Unsupported value: 'temperature' does not support 0.3 with this model.",
      param: 'temperature',
      code: 'unsupported_value',
    };
    upstream.behave(status(400, { error }), answer('Fine.'));
    const { reply_id: replyId } = await send('hello');
    const [{ parameters }] = (await prompt(replyId)).body.requests;
    expect(parameters).not.toHaveProperty('temperature');
    await send('again');
    const asked = upstream.requests.map(({ body }) => 'temperature' in body);
    expect(asked).toEqual([true, false, false]);
  });

  test.each([
    ['system_prompt', 5],
    ['system_prompt', 'x'.repeat(16_001)],
    ['model', 'unheard-of'],
    ['model', ''],
    ['temperature', 2.1],
    ['temperature', '1'],
    ['max_tokens', 0],
    ['max_tokens', 1.5],
    ['max_tokens', 301],
  ])('%s cannot be %j', async (field, value) => {
    const before = (await api.call('GET', `/api/sessions/${sessionId}`)).body;
    expect(await change({ [field]: value })).toMatchObject({
      status: 400,
      body: { details: [{ loc: [field] }] },
    });
    expect((await api.call('GET', `/api/sessions/${sessionId}`)).body).toEqual(before);
  });
});
