import type { ShownCall } from '@/lib/page/api-reference';

/** The first completion, in the languages that most programs are written in. */
export const completionExamples = (baseUrl: string) => ({
  curl: `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer $ASK_KEY" -H "Content-Type: application/json" \\
  -d '{"messages": [{"role": "user", "content": "Hello"}]}'`,
  javascript: `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${baseUrl}', apiKey: process.env.ASK_KEY });
const [model] = (await client.models.list()).data;
const stream = await client.chat.completions.create({
  model: model.id,
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');`,
  python: `import os
from openai import OpenAI

client = OpenAI(base_url="${baseUrl}", api_key=os.environ["ASK_KEY"])
model = client.models.list().data[0].id
reply = client.chat.completions.create(
    model=model, messages=[{"role": "user", "content": "Hello"}]
)
print(reply.choices[0].message.content)`,
});

/** A call with its required fields, to fill in. */
export function curlOf(origin: string, { method, path, bodies, parameters }: ShownCall): string {
  const needed = parameters.filter(({ name, isRequired }) => isRequired && !path.includes(name));
  const query = needed.map(({ name }) => `${name}=…`).join('&');
  const address = `"${origin}${path}${query && `?${query}`}"`;
  const [fields] = bodies;
  const body = fields
    ?.filter(({ isRequired }) => isRequired)
    .map(({ name }) => `"${name}": …`)
    .join(', ');
  const named = method === 'GET' || (method === 'POST' && fields) ? '' : `-X ${method} `;
  const sent =
    body === undefined ? '' : ` \\\n  -H "Content-Type: application/json" -d '{${body}}'`;
  return `curl ${named}${address} -H "Authorization: Bearer $ASK_KEY"${sent}`;
}
