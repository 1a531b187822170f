import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import { importFile } from './import-file';
import type { ImportLine } from '@/lib/sessions/import/import-report';

const FILE = new Blob([
  JSON.stringify([{ uuid: 'c', chat_messages: [{ uuid: '1', sender: 'human', text: 'Hi' }] }]),
]);
const LINE = { kind: 'new', session_id: '1', title: 'Hi', source: 'claude', messages: 1 };

async function imported(signal: AbortSignal) {
  const lines = [];
  for await (const line of importFile(FILE, { dryRun: false, signal })) lines.push(line);
  return lines;
}

test('where the server allows no more requests for now, the import waits and goes on', async () => {
  const limited = { error: 'Too Many Requests', code: 429, request_id: 'r' };
  const { requests } = await browserServer((_, response) => {
    if (requests.length === 1) sendJson(response, 429, limited, { 'Retry-After': '1' });
    else response.end(`${JSON.stringify(LINE)}\n{"done":{}}\n`);
  });
  expect(await imported(new AbortController().signal)).toEqual([LINE]);
  expect(requests.map(({ line }) => line)).toEqual([
    'POST /api/sessions/import',
    'POST /api/sessions/import',
  ]);
  expect(requests[1]?.body).toBe(requests[0]?.body);
});

test('a cancelled import does not wait', async () => {
  const cancelled = new AbortController();
  await browserServer((_, response) => {
    const body = { error: 'Too Many Requests', code: 429, request_id: 'r' };
    sendJson(response, 429, body, { 'Retry-After': '3600' });
    setTimeout(() => {
      cancelled.abort(new Error('cancelled'));
    }, 50);
  });
  await expect(imported(cancelled.signal)).rejects.toThrow('cancelled');
});

test('another refusal ends it with its reason', async () => {
  await browserServer((_, response) => {
    sendJson(response, 403, { error: 'No', code: 403, request_id: 'r' });
  });
  await expect(imported(new AbortController().signal)).rejects.toMatchObject({
    problem: { code: 403 },
  });
});

const conversation = (n: number) => ({
  uuid: String(n),
  chat_messages: [{ uuid: `m${String(n)}`, sender: 'human', text: 'Hi' }],
});

test('requests follow each other, and what was stored of a file that breaks off is reported', async () => {
  let open = 0;
  const { requests } = await browserServer((_, response) => {
    open += 1;
    expect(open).toBe(1);
    const { sessions } = JSON.parse(requests.at(-1)?.body ?? '') as { sessions: object[] };
    setImmediate(() => {
      open -= 1;
      response.end(`${sessions.map(() => `${JSON.stringify(LINE)}\n`).join('')}{"done":{}}\n`);
    });
  });
  const file = JSON.stringify(Array.from({ length: 120 }, (_, n) => conversation(n))).slice(0, -1);
  const lines: ImportLine[] = [];
  const reading = async () => {
    const signal = new AbortController().signal;
    for await (const line of importFile(new Blob([file]), { dryRun: false, signal }))
      lines.push(line);
  };
  await expect(reading()).rejects.toMatchObject({
    failure: { kind: 'unreadable-file', reason: 'cut-off' },
  });
  expect(lines).toHaveLength(100);
  expect(requests.map(({ body }) => (JSON.parse(body) as { version: number }).version)).toEqual([
    1, 1,
  ]);
});
