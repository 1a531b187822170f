/** What the upstream gets from programs with OpenAI's SDK, which requests are refused, and turns of a session. */
import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import { OTHER_KEY } from '../../programs/api-client';
import type { Deployment, Instance } from '../../programs/deployment';
import { answer, finish, raw, spokenBy, status, DONE, USAGE } from '../../upstream/upstream';
import { ask, clientOf, givenSdk, IMAGE, imageAt, lastBody, weather } from './given-sdk';

let deployment: Deployment;
let app: Instance;
let client: OpenAI;
givenSdk((given) => {
  ({ deployment, app, client } = given);
});

test('the messages are the prompt, as they are', async () => {
  await client.chat.completions.create({
    model: 'gpt-4',
    messages: [
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
        ],
      },
      { role: 'assistant', content: 'Three' },
      { role: 'user', content: 'Four ' },
    ],
  });
  expect(lastBody(deployment)['messages']).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'One\nTwo' },
    { role: 'assistant', content: 'Three' },
    { role: 'user', content: 'Four ' },
  ]);
});

test('parameters are passed on; the name of the limit is the one that the model takes', async () => {
  const parameters = {
    temperature: 0,
    top_p: 0.5,
    stop: ['END'],
    seed: 7,
    presence_penalty: 1,
    frequency_penalty: -1,
    response_format: { type: 'json_object' as const },
  };
  await client.chat.completions.create({
    ...ask,
    ...parameters,
    max_completion_tokens: 50,
    user: 'someone',
    store: false,
    n: 1,
    logprobs: false,
  });
  const { messages: _m, model: _n, stream: _s, stream_options: _o, ...sent } = lastBody(deployment);
  expect(sent).toEqual({ ...parameters, max_tokens: 50 });
});

test('what a model does not take is left out, unless the answer depends on it', async () => {
  const refuses = (param: string) =>
    status(400, { error: { message: `Unsupported parameter: '${param}'`, param } });
  deployment.upstream.behave(refuses('seed'), answer('fine'));
  const { choices } = await client.chat.completions.create({
    ...ask,
    model: 'gpt-3.5-turbo',
    seed: 1,
  });
  expect([choices[0]?.message.content, lastBody(deployment)['seed']]).toEqual(['fine', undefined]);
  deployment.upstream.behave(refuses('response_format'));
  const refused = client.chat.completions.create({
    ...ask,
    response_format: { type: 'json_object' },
  });
  await expect(refused).rejects.toMatchObject({ status: 400, code: 'upstream_refused' });
});

const piece = (fields: object) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [fields] } }] })}\n\n`;

test('tools are offered, called in pieces, and answered', async () => {
  deployment.upstream.behave(
    raw(
      piece({ index: 0, id: 'call_1', function: { name: 'weather', arguments: '{"city":' } }),
      piece({ index: 0, function: { arguments: '"Oslo"}' } }),
      piece({ index: 1, id: 'call_2', function: { name: 'weather', arguments: '{}' } }),
      finish('tool_calls'),
      USAGE,
      DONE,
    ),
  );
  const calls = [
    { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
    { id: 'call_2', type: 'function', function: { name: 'weather', arguments: '{}' } },
  ] as const;
  const request = { ...ask, tools: [weather], tool_choice: 'auto' as const };
  const { choices } = await client.chat.completions.create(request);
  expect(choices[0]).toMatchObject({
    message: { content: null, tool_calls: calls },
    finish_reason: 'tool_calls',
  });
  expect(lastBody(deployment)).toMatchObject({ tools: [weather], tool_choice: 'auto' });
  const run = client.chat.completions.stream(request);
  expect((await run.finalMessage()).tool_calls).toMatchObject(calls);

  deployment.upstream.behave(answer('Rain'));
  const answers = calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: id }));
  const messages = [
    ...ask.messages,
    { role: 'assistant' as const, tool_calls: [...calls] },
    ...answers,
  ];
  const after = await client.chat.completions.create({ ...request, messages });
  expect(after.choices[0]?.message.content).toBe('Rain');
  expect(lastBody(deployment)['messages']).toEqual([
    ...ask.messages,
    { role: 'assistant', content: null, tool_calls: calls },
    ...answers,
  ]);
});

test('an image goes to the model as it is, and none is fetched', async () => {
  const content = [{ type: 'text' as const, text: 'What is this?' }, imageAt(IMAGE)];
  const messages = [...ask.messages, { role: 'user' as const, content }];
  await client.chat.completions.create({ ...ask, messages });
  expect(lastBody(deployment)['messages']).toEqual(messages);
  const fetched = [imageAt('https://other.example/image.png')];
  const foreign = client.chat.completions.create({
    ...ask,
    messages: [{ role: 'user', content: fetched }],
  });
  await expect(foreign).rejects.toMatchObject({ status: 400 });
});

test.each([
  ['n', { n: 2 }],
  ['logprobs', { logprobs: true }],
  ['functions', { functions: [{ name: 'x' }] }],
  ['modalities.0', { modalities: ['audio'] }],
  ['tools.0.type', { tools: [{ type: 'custom', custom: { name: 'x' } }] }],
  ['temperature', { temperature: 3 }],
  ['messages', { messages: [] }],
  ['messages', { messages: 'Hello' }],
  ['messages.0.content', { messages: [{ role: 'system', content: [imageAt(IMAGE)] }] }],
  ['messages.0.content', { messages: [{ role: 'user', content: [{ type: 'file' }] }] }],
  ['messages.0', { messages: [{ role: 'function', content: 'x' }] }],
])('a request with the wrong %s is a 400 that names it', async (param, fields) => {
  const { status: code, body } = await app.api.call('POST', '/v1/chat/completions', {
    ...ask,
    ...fields,
  });
  expect(code).toBe(400);
  expect(body).toEqual({
    error: {
      message: expect.stringMatching(new RegExp(`^${param.split('.')[0] ?? ''}`)),
      type: 'invalid_request_error',
      param: expect.stringContaining(param),
      code: expect.any(String),
    },
  });
  expect(deployment.upstream.requests).toEqual([]);
});

test('a prompt over the limit has an error code of its own, and one of a coding agent fits', async () => {
  const long = (characters: number) =>
    client.chat.completions.create({
      ...ask,
      messages: [{ role: 'user', content: 'x'.repeat(characters) }],
    });
  await expect(long(120_001)).rejects.toMatchObject({
    status: 400,
    code: 'context_length_exceeded',
  });
  expect((await long(119_000)).choices).toHaveLength(1);
});

const asking = [
  { role: 'system' as const, content: 'not used' },
  { role: 'user' as const, content: 'Who am I?' },
];

test('with X-Ask-Session it is a turn of that session, which its pages see while it runs', async () => {
  const id = await app.api.createSession();
  await app.api.call('POST', '/api/chat', { message: 'My name is Ada', session_id: id });
  const leaving = new AbortController();
  const feed = await app.api.fetch('/api/sessions/changes', { signal: leaving.signal });
  const reader = feed.body!.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();
  const spoken = spokenBy(deployment.upstream);
  const creating = client.chat.completions.create(
    { model: 'gpt-4', messages: asking, temperature: 0.25, stream: true },
    { headers: { 'X-Ask-Session': id } },
  );
  expect((await reader.read()).value).toContain(id);
  leaving.abort();
  spoken.say('You are');
  const stream = await creating;
  const shown = await app.api.call('GET', `/api/page?session_id=${id}`);
  expect(JSON.stringify(shown.body.session)).toContain('Who am I?');
  spoken.say(' Ada');
  spoken.finish();
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toBe('You are Ada');
  expect((await app.api.messages(id)).map(({ content }) => content)).toEqual([
    'My name is Ada',
    'Hello from upstream',
    'Who am I?',
    'You are Ada',
  ]);
  expect(lastBody(deployment)).toMatchObject({
    temperature: 0.25,
    messages: [
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content: 'My name is Ada' },
      { role: 'assistant', content: 'Hello from upstream' },
      { role: 'user', content: 'Who am I?' },
    ],
  });
});

test('metadata.session_id names the session too; a foreign one is a 404, tools, images and a last reply a 400', async () => {
  const id = await app.api.createSession();
  const metadata = { session_id: id };
  await client.chat.completions.create({ ...ask, metadata });
  expect(await app.api.messages(id)).toHaveLength(2);
  const foreign = clientOf(app, OTHER_KEY).chat.completions.create({ ...ask, metadata });
  await expect(foreign).rejects.toMatchObject({ status: 404, code: 'session_not_found' });
  const withTools = client.chat.completions.create({ ...ask, metadata, tools: [weather] });
  await expect(withTools).rejects.toMatchObject({ status: 400, param: 'tools' });
  const content = [{ type: 'text' as const, text: 'See' }, imageAt(IMAGE)];
  const seeing = client.chat.completions.create({
    ...ask,
    metadata,
    messages: [{ role: 'user', content }],
  });
  await expect(seeing).rejects.toMatchObject({ status: 400, param: 'messages' });
  const messages = [{ role: 'assistant' as const, content: 'Hi' }];
  const reply = client.chat.completions.create({ ...ask, metadata, messages });
  await expect(reply).rejects.toMatchObject({ status: 400, param: 'messages' });
  expect(await app.api.messages(id)).toHaveLength(2);
});
