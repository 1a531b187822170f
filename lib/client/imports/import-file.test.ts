import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import { importFile } from './import-file';

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
