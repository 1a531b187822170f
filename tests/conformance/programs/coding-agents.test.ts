/**
 * Requests as coding agents send them in a task that writes a file, recorded with nothing but the base URL and the key
 * set; their instructions and descriptions are shortened.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { answer, DONE, finish, raw, token, USAGE } from '../../upstream/upstream';

const KEY = 'Bearer test-key-of-the-first-owner';
const text = (words: string) => ({ type: 'text', text: words });

/** `path`: what its tool calls the path. `result`: what the tool returned, as it is sent. */
const AGENTS = [
  {
    name: 'pi 0.73.1',
    headers: {
      Accept: 'application/json',
      'User-Agent': 'OpenAI/JS 6.26.0',
      'X-Stainless-Lang': 'js',
      'X-Stainless-Retry-Count': '0',
    },
    messages: [
      { role: 'system', content: 'You are an expert coding assistant operating inside pi.' },
      { role: 'user', content: [text('Write hello.txt')] },
    ],
    tool: { name: 'write', path: 'path', more: { strict: false } },
    result: 'Successfully wrote 21 bytes to /work/hello.txt',
    rest: { store: false, max_completion_tokens: 16_384 },
  },
  {
    name: 'Qwen Code 0.24.4',
    headers: {
      Accept: 'application/json',
      'User-Agent': 'QwenCode/0.24.4 (linux; x64)',
      'X-Stainless-Lang': 'js',
      'X-Stainless-Retry-Count': '0',
    },
    messages: [
      { role: 'system', content: 'You are Qwen Code, a non-interactive CLI agent.' },
      { role: 'user', content: [text('<system-reminder>\nThe date.'), text('Write hello.txt')] },
    ],
    tool: { name: 'write_file', path: 'file_path', more: {} },
    result: [text('Successfully created and wrote to new file: /work/hello.txt.')],
    rest: { max_tokens: 16_384 },
  },
  {
    name: 'opencode 1.18.33',
    headers: {
      Accept: '*/*',
      'User-Agent': 'opencode/1.18.33 ai-sdk/provider-utils/4.0.23 runtime/bun/1.3.14',
      'X-Session-Affinity': 'ses_de6ad6457ffeh2VutAgw5zd6U3',
      'X-Session-Id': 'ses_de6ad6457ffeh2VutAgw5zd6U3',
    },
    messages: [
      { role: 'system', content: 'You are opencode, an agent.' },
      { role: 'user', content: '"Write hello.txt"' },
    ],
    tool: { name: 'write', path: 'filePath', more: {} },
    result: 'Wrote file successfully.',
    rest: { max_tokens: 32_000, tool_choice: 'auto' },
  },
];

interface Chunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string; readonly tool_calls?: readonly object[] };
    readonly finish_reason: string | null;
  }[];
  readonly usage: object | null;
}

let deployment: Deployment;
let app: Instance;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start();
});
afterAll(() => deployment.remove());

async function send(body: object, headers: Record<string, string>) {
  const response = await fetch(`${app.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { Authorization: KEY, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const lines = (await response.text()).split('\n\n').filter((line) => line.startsWith('data: {'));
  const chunks = lines.map((line) => JSON.parse(line.slice('data: '.length)) as Chunk);
  const choices = chunks.flatMap((chunk) => chunk.choices);
  return {
    status: response.status,
    text: choices.map(({ delta }) => delta.content ?? '').join(''),
    calls: choices.flatMap(({ delta }) => delta.tool_calls ?? []),
    finish: choices.at(-1)?.finish_reason,
    usage: chunks.at(-1)?.usage,
  };
}

const called = (calls: object) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [calls] } }] })}\n\n`;
const plain = (content: unknown): unknown =>
  Array.isArray(content)
    ? (content as { text: string }[]).map((part) => part.text).join('\n')
    : content;

test.each(AGENTS)('$name', async ({ headers, messages, tool, result, rest }) => {
  const { name, path, more } = tool;
  const properties = { [path]: { type: 'string' }, content: { type: 'string' } };
  const parameters = { type: 'object', required: [path, 'content'], properties };
  const tools = [
    { type: 'function', function: { name, description: 'Writes a file.', parameters, ...more } },
  ];
  const body = {
    model: 'gpt-4',
    ...rest,
    messages,
    tools,
    stream: true,
    stream_options: { include_usage: true },
  };
  const given = JSON.stringify({ [path]: '/work/hello.txt', content: 'hello\n' });
  deployment.upstream.behave(
    raw(
      token('I write it.'),
      called({ index: 0, id: 'call_1', type: 'function', function: { name, arguments: '' } }),
      called({ index: 0, function: { arguments: given.slice(0, 9) } }),
      called({ index: 0, function: { arguments: given.slice(9) } }),
      finish('tool_calls'),
      USAGE,
      DONE,
    ),
    answer('All done.'),
  );
  const call = { id: 'call_1', type: 'function', function: { name, arguments: given } };
  expect(await send(body, headers)).toEqual({
    status: 200,
    text: 'I write it.',
    calls: [{ index: 0, ...call }],
    finish: 'tool_calls',
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  });
  const again = [
    ...messages,
    { role: 'assistant', content: 'I write it.', tool_calls: [call] },
    { role: 'tool', tool_call_id: 'call_1', content: result },
  ];
  const done = await send({ ...body, messages: again }, headers);
  expect(done).toMatchObject({ status: 200, text: 'All done.', calls: [], finish: 'stop' });
  const sent = deployment.upstream.requests.at(-1)?.body;
  expect(sent).toMatchObject({ tools });
  expect(sent?.messages).toEqual(
    again.map(({ content, ...message }) => ({ ...message, content: plain(content) })),
  );
});

test('a prompt that is too long is refused in words by which they know to shorten it', async () => {
  const { headers } = AGENTS[0]!;
  const ask = (content: string) =>
    app.api.call(
      'POST',
      '/v1/chat/completions',
      { model: 'gpt-4', messages: [{ role: 'user', content }] },
      headers,
    );
  deployment.upstream.behave((response) => {
    const error = { message: 'maximum context length is 8192 tokens', code: 'too_long' };
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
  for (const content of ['x'.repeat(120_001), 'Hi']) {
    const { status, body } = await ask(content);
    expect([status, body.error.code]).toEqual([400, 'context_length_exceeded']);
    expect(body.error.message).toMatch(/exceeds the context window.*Reduce the length of the mess/);
  }
});
