import { expect, test } from 'vitest';
import { readCursor, writeCursor } from './cursor';
import { editMemoryInput } from './memory/memory';
import { appendMessageInput, type Message } from './message';
import { isoTime, presentMessage, presentSession, presentSummary } from './present';
import { createSessionInput, openingOf, changeSessionInput, type Session } from './session';
import { shownTitle } from './title';

const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
const time = '2026-01-02T03:04:05.678+00:00';
const session: Session = {
  id: 's',
  owner: 'o',
  title: null,
  opening: 'Hello',
  memory: '- tea',
  memoryPinned: null,
  memoryEnabled: true,
  forgottenSeq: 0,
  systemPrompt: null,
  temperature: null,
  maxTokens: null,
  model: null,
  head: 'm',
  lastSeq: 2,
  bytes: 5,
  tokens: 11,
  contextTokens: 11,
  version: 3,
  lastActivity: at,
  createdAt: at,
  updatedAt: at,
  pinnedAt: null,
  archivedAt: null,
  deletedAt: null,
  tags: [],
};
const message: Message = {
  id: 'm',
  sessionId: 's',
  seq: 2,
  parent: null,
  role: 'assistant',
  content: '# Hi',
  parts: null,
  state: 'complete',
  finish: null,
  model: 'x',
  tokens: 4,
  usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 },
  firstTokenMs: 20,
  totalMs: 300,
  thoughtMs: null,
  turn: 't',
  createdAt: at,
};

test('times have a numeric offset', () => {
  expect(isoTime(at)).toBe(time);
});

test('API shapes have the keys of the contract, and neither owner nor memory', () => {
  expect(presentSummary(session)).toEqual({
    id: 's',
    title: null,
    created_at: time,
    last_activity: time,
  });
  expect(presentSession(session)).toEqual({
    id: 's',
    title: null,
    created_at: time,
    updated_at: time,
  });
  expect(presentMessage(message)).toEqual({
    id: 'm',
    role: 'assistant',
    content: '# Hi',
    tokens: 4,
    created_at: time,
    model: 'x',
    usage: message.usage,
    first_token_ms: 20,
    total_ms: 300,
  });
  const unknown = { ...message, model: null, usage: null, firstTokenMs: null, totalMs: null };
  const keys = ['id', 'role', 'content', 'tokens', 'created_at'];
  expect(Object.keys(presentMessage(unknown))).toEqual(keys);
  expect(presentMessage({ ...message, state: 'interrupted' })).toMatchObject({
    state: 'interrupted',
    request_id: 't',
  });
});

test('a cursor survives a round trip, and anything else is refused', () => {
  const cursor = { key: at, id: 's' };
  expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  const byTitle = { key: 'rome in may 2026-01-01T00:00:00Z', id: 's' };
  expect(readCursor(writeCursor(byTitle), 'title')).toEqual(byTitle);
  const written = (text: string) => Buffer.from(text).toString('base64url');
  const impossible = [
    '0000-01-01T00:00:00Z s',
    '-000001-01-01T00:00:00Z s',
    '+012026-01-01T00:00:00Z s',
    '2026-01-01T00:00:00Z \0',
  ];
  for (const wrong of ['', 'x', 'bm90aGluZw', ...impossible.map(written)])
    expect(() => readCursor(wrong)).toThrow('invalid: fields');
  for (const wrong of ['', written('rome'), written('ro\0me s')])
    expect(() => readCursor(wrong, 'title')).toThrow('invalid: fields');
});

test('an opening is the first 80 characters, and gives the same title as the whole message', () => {
  const words = ' \n# Plan the garden\n- roses\n- beans';
  const ofWhole = shownTitle({ title: null, opening: words }, 'New chat');
  expect(shownTitle({ title: null, opening: openingOf(words) }, 'New chat')).toBe(ofWhole);
  expect(ofWhole).toBe('Plan the garden');
  expect(Array.from(openingOf('😀'.repeat(200)))).toHaveLength(80);
});

test('a title is at most 200 code points', () => {
  expect(createSessionInput.safeParse({ title: '😀'.repeat(200) }).success).toBe(true);
  expect(createSessionInput.safeParse({ title: 'x'.repeat(201) }).success).toBe(false);
});

test('text is trimmed where intended, and never contains what a database cannot store', () => {
  expect(createSessionInput.parse({ title: '  ' })).toMatchObject({ title: null });
  expect(changeSessionInput.parse({ title: ' x\ud800 ' })).toMatchObject({ title: 'x\ufffd' });
  expect(appendMessageInput.parse({ role: 'user', content: ' x ' }).content).toBe(' x ');
  expect(appendMessageInput.safeParse({ role: 'user', content: 'a\u0000' }).success).toBe(false);
});

test('a memory can be edited, emptied or left alone, and never exceeds the maximum length', () => {
  const input = editMemoryInput(5);
  expect(input.parse({ memory: ' tea ' })).toMatchObject({ memory: 'tea' });
  expect(input.parse({ memory: ' ' })).toMatchObject({ memory: null });
  expect(input.parse({ enabled: false }).memory).toBeUndefined();
  expect(input.safeParse({ memory: 'too long' }).success).toBe(false);
  expect(input.safeParse({}).success).toBe(false);
});
