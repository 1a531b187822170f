import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '@/db/store';
import { turnFrames } from '@/lib/http/stream/turn-frames';
import { translationOf } from '@/lib/texts/translations';
import { exportJson } from '@/lib/sessions/export/ask-flask-json';
import { exportMarkdown } from '@/lib/sessions/export/ask-flask-markdown';
import { presentMessage } from '@/lib/sessions/present';
import { manualClock } from '@/tests/setup/manual-clock';
import { scriptedModel } from '@/tests/setup/turns/scripted-model';
import { openTestTurns } from '@/tests/setup/turns/turns';
import type { WatchedTurn } from './turn/live-turn';

const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-'));
const file = path.join(folder, 'app.db');
const owner = 'somebody';
const sessionId = 'the session';
let store: Store;

beforeAll(async () => {
  store = await openStore({ dialect: 'sqlite', file });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const framesOf = (turn: WatchedTurn, offset = 0) =>
  new Response(turnFrames(turn, translationOf('en'), offset)).text();

function rows(columns: string, table: string): string {
  const database = new Database(file, { readonly: true });
  const found = database.prepare(`select ${columns} from ${table} order by 1, 2`).all();
  database.close();
  return found.map((row) => JSON.stringify(row)).join('\n');
}

async function exported(): Promise<string> {
  const session = await store.sessions.get(owner, sessionId);
  let text = '';
  for (const format of [exportJson, exportMarkdown])
    for await (const piece of format(session, store.messages.pages({ owner, sessionId })))
      text += piece;
  const messages = await store.messages.branch({ owner, sessionId });
  return `${text}\n${JSON.stringify(messages.map(presentMessage), null, 1)}`;
}

/** Recorded before a reply could hold more than text. */
test('frames, ids, rows and exports of replies of text alone are byte for byte as recorded', async () => {
  const clock = manualClock();
  const model = scriptedModel();
  let ids = 0;
  const newId = () => `id ${String((ids += 1))}`;
  const turns = openTestTurns(store, model, { clock, newId });
  await store.sessions.create({ id: sessionId, owner, title: null, now: clock.now() });
  const request = { owner, sessionId, model: 'm', idempotency: null };
  const record: string[] = [];

  const first = await turns.send({ ...request, requestId: 'whole', text: 'hello', retryOf: null });
  const live = framesOf(first);
  const answer = await model.next();
  answer.onText('Once');
  await clock.pass(300);
  answer.onText(' upon 😀');
  answer.onText(' a "time"\n');
  await clock.pass(300);
  record.push(rows('request_id, "offset", text', 'turn_events'));
  answer.finish({ prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 });
  record.push(await live);
  for (const offset of [0, 6, 23, 99]) record.push(await framesOf(first, offset));

  const cut = await turns.send({ ...request, requestId: 'cut', text: 'more', retryOf: null });
  const half = await model.next();
  half.onText('There was');
  await turns.stop(owner, cut.requestId);
  record.push(await framesOf(cut));
  const more = await turns.continue({ ...request, requestId: 'rest', continues: 'cut' });
  (await model.next()).onText(' a king');
  await clock.pass(300);
  record.push(rows('request_id, "offset", text', 'turn_events'));
  await turns.stop(owner, more.requestId);
  record.push(await framesOf(more, 9));
  const later = await openTestTurns(store, model, { clock }).watch(owner, 'rest');
  if (later) record.push(await framesOf(later, 4));

  const idempotency = { key: 'k', bodyHash: 'h' };
  const keyed = { ...request, sessionId: null, requestId: 'keyed', text: 'hi', retryOf: null };
  const loose = await turns.send({ ...keyed, idempotency });
  (await model.next()).onText('Hello');
  await turns.stop(owner, loose.requestId);
  record.push(await framesOf(loose));

  record.push(rows('request_id, "offset", text', 'turn_events'));
  record.push(rows('seq, id, role, content, state, model, tokens, turn', 'messages'));
  record.push(await exported());
  expect(rows('id, parts', 'messages where parts is not null')).toBe('');
  await turns.drain(0);
  await expect(`${record.join('\n----\n')}\n`).toMatchFileSnapshot('./fixtures/text-only.txt');
});
