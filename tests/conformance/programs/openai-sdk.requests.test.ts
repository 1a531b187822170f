/** What the upstream gets from programs with OpenAI's SDK, and which requests are refused. */
import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import type { Deployment, Instance } from '../../programs/deployment';
import { answer, finish, raw, status, DONE, USAGE } from '../../upstream/upstream';
import { ask, givenSdk, IMAGE, imageAt, lastBody, weather } from './given-sdk';

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
