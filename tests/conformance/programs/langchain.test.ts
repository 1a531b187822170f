/** LangChain with nothing but the base URL and the key set. */
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { answer, finish, raw, DONE } from '../../upstream/upstream';

let deployment: Deployment;
let model: ChatOpenAI;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  const { url } = await deployment.start();
  model = new ChatOpenAI({
    model: 'gpt-4',
    apiKey: 'test-key-of-the-first-owner',
    maxRetries: 0,
    configuration: { baseURL: `${url}/v1` },
  });
});
afterAll(() => deployment.remove());

test('it invokes and streams, with the tokens', async () => {
  const reply = await model.invoke([
    ['system', 'Be brief.'],
    ['human', 'Hello'],
  ]);
  expect(reply.content).toBe('Hello from upstream');
  expect(reply.usage_metadata).toMatchObject({ input_tokens: 7, output_tokens: 3 });
  let text = '';
  const counted: unknown[] = [];
  for await (const chunk of await model.stream('Hello')) {
    text += chunk.text;
    if (chunk.usage_metadata) counted.push(chunk.usage_metadata);
  }
  expect(text).toBe('Hello from upstream');
  expect(counted).toMatchObject([{ total_tokens: 10 }]);
});

test('its tools are called and answered', async () => {
  const city = z.object({ city: z.string() });
  const weather = tool(({ city: name }) => `Rain in ${name}`, { name: 'weather', schema: city });
  const called = { name: 'weather', arguments: '{"city":"Oslo"}' };
  const calls = [{ index: 0, id: 'call_1', type: 'function', function: called }];
  const chunk = { choices: [{ index: 0, delta: { tool_calls: calls } }] };
  deployment.upstream.behave(
    raw(`data: ${JSON.stringify(chunk)}\n\n`, finish('tool_calls'), DONE),
    answer('It rains'),
  );
  const able = model.bindTools([weather]);
  const call = await able.invoke('Weather in Oslo?');
  expect(call.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Oslo' } }]);
  const [first] = call.tool_calls ?? [];
  const result = await weather.invoke({ ...first!, type: 'tool_call' });
  const reply = await able.invoke([['human', 'Weather in Oslo?'], call, result]);
  expect(reply.content).toBe('It rains');
  expect(deployment.upstream.requests.at(-1)?.body.messages.at(-1)).toMatchObject({
    role: 'tool',
    content: 'Rain in Oslo',
  });
});
