/** Requests as version 3.22.1 of OpenAI's SDK for Python sends them, recorded; the answers have what its models require. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { answer } from '../../upstream/upstream';

const HEADERS = {
  Authorization: 'Bearer test-key-of-the-first-owner',
  Accept: 'application/json',
  'Accept-Encoding': 'gzip, deflate',
  'Content-Type': 'application/json',
  'User-Agent': 'OpenAI/Python 3.22.1',
  'X-Stainless-Lang': 'python',
  'X-Stainless-Package-Version': '3.22.1',
  'X-Stainless-OS': 'Linux',
  'X-Stainless-Arch': 'x64',
  'X-Stainless-Runtime': 'CPython',
  'X-Stainless-Runtime-Version': '3.11.7',
  'X-Stainless-Async': 'false',
  'X-Stainless-Retry-Count': '0',
  'X-Stainless-Read-Timeout': '600',
};
const create = '{"messages":[{"role":"user","content":"Hello"}],"model":"gpt-4"}';
const stream = '{"messages":[{"role":"user","content":"Hello"}],"model":"gpt-4","stream":true}';
const parse =
  '{"messages":[{"role":"user","content":"Hello"}],"model":"gpt-4","response_format":{"type":"json_schema","json_schema":{"schema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"City","type":"object","additionalProperties":false},"name":"City","strict":true}},"stream":false}';

let deployment: Deployment;
let app: Instance;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start();
});
afterAll(() => deployment.remove());

const post = (body: string, more: Record<string, string> = {}) =>
  fetch(`${app.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { ...HEADERS, ...more },
    body,
  });

test('create', async () => {
  const response = await post(create);
  expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  expect(await response.json()).toEqual({
    id: expect.any(String),
    object: 'chat.completion',
    created: expect.any(Number),
    model: 'gpt-4',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content: 'Hello from upstream', refusal: null },
      },
    ],
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  });
});

test('stream', async () => {
  const response = await post(stream, { 'X-Stainless-Helper-Method': 'chat.completions.stream' });
  const lines = (await response.text()).split('\n\n').filter(Boolean);
  expect(lines.pop()).toBe('data: [DONE]');
  const chunks = lines.map((line) => JSON.parse(line.replace('data: ', '')) as object);
  for (const chunk of chunks)
    expect(chunk).toEqual({
      id: expect.any(String),
      object: 'chat.completion.chunk',
      created: expect.any(Number),
      model: 'gpt-4',
      choices: [
        {
          index: 0,
          delta: expect.any(Object),
          logprobs: null,
          finish_reason: chunk === chunks.at(-1) ? 'stop' : null,
        },
      ],
    });
});

test('parse: the upstream gets the JSON schema', async () => {
  deployment.upstream.behave(answer('{"name":"Oslo"}'));
  const response = await post(parse, { 'X-Stainless-Helper-Method': 'chat.completions.parse' });
  const body = (await response.json()) as { choices: { message: { content: string } }[] };
  expect(body.choices[0]?.message.content).toBe('{"name":"Oslo"}');
  const { response_format: wanted } = JSON.parse(parse) as { response_format: object };
  expect(deployment.upstream.requests.at(-1)?.body).toMatchObject({ response_format: wanted });
});
