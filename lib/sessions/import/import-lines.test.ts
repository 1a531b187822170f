import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { FileSession } from '@/lib/sessions/export/session-file';
import type { Imported } from '@/lib/sessions/export/transfer-store';
import { readOwnSession } from './own-session';
import { importLines } from './import-lines';
import type { ImportReportLine } from './import-report';

const claude = (uuid: string, text: string, files: readonly object[] = []) => ({
  uuid,
  is_starred: true,
  chat_messages: [{ uuid: '1', sender: 'human', text, files }],
});

function report(file: unknown, outcomes: readonly Imported[] = []) {
  const stored: string[] = [];
  const lines: ImportReportLine[] = [];
  const left = [...outcomes];
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const reading = importLines(new Blob([text]), {
    now: new Date(0),
    dryRun: false,
    titles: { untitled: 'Neuer Chat', about: 'Über mich' },
    readOwn: readOwnSession,
    pause: () => setImmediate(),
    pauseInTime: () => setImmediate(),
    storeAbout: () => Promise.resolve({ kind: 'new' as const }),
    store: ({ id }: FileSession) => {
      stored.push(id);
      return Promise.resolve(left.shift() ?? { kind: 'new', id: `own-${id}` });
    },
  });
  const read = async () => {
    for await (const line of reading) lines.push(line);
  };
  return { lines, stored, read };
}

test('reports how many there are, each, and the counts', async () => {
  const { lines, read } = report(
    [
      claude('a', 'Hello\nthere', [{ file_name: 'a.png' }, { file_name: 'b.png' }]),
      claude('b', ' '),
      claude('c', 'x'),
      claude('d', 'y'),
    ],
    [
      { kind: 'new', id: '1' },
      { kind: 'skipped', reason: 'OWNER_MAX_SESSIONS', limit: 2 },
      { kind: 'conflict', id: '3' },
    ],
  );
  await read();
  const rest = { source: 'claude', messages: 1, pinned: true };
  expect(lines).toEqual([
    { total: 4, dry_run: false },
    { kind: 'new', session_id: '1', title: 'Hello', left_out: 2, ...rest },
    { kind: 'skipped', reason: 'empty', session_id: null, title: null, source: null, messages: 0 },
    {
      kind: 'skipped',
      reason: 'OWNER_MAX_SESSIONS',
      limit: 2,
      session_id: null,
      title: 'x',
      ...rest,
    },
    { kind: 'conflict', session_id: '3', title: 'y', ...rest },
    { done: { new: 1, newer: 0, same: 0, conflict: 1, skipped: 2 } },
  ]);
});

test('what has no title of its own is called as who asks calls it', async () => {
  const answer = { uuid: '1', sender: 'assistant', text: 'Hello' };
  const untitled = report([{ uuid: 'a', chat_messages: [answer] }]);
  await untitled.read();
  expect(untitled.lines[1]).toMatchObject({ kind: 'new', title: 'Neuer Chat' });
  for (const text of ['I live in Oslo.', 7]) {
    const about_revisions = [{ text, created_at: '2026-01-01T00:00:00Z' }];
    const about = report({ format: 'ask-next', version: 1, about_revisions, sessions: [] });
    await about.read();
    expect(about.lines[1]).toMatchObject({ title: 'Über mich' });
  }
});

test('stores nothing of a file that ends in the middle', async () => {
  const whole = JSON.stringify([claude('a', 'x'), claude('b', 'y')]);
  const { lines, stored, read } = report(whole.slice(0, -3));
  await expect(read()).rejects.toMatchObject({ failure: { reason: 'cut-off' } });
  expect({ lines, stored }).toEqual({ lines: [], stored: [] });
});
