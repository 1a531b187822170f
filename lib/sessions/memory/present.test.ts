import { expect, test } from 'vitest';
import { presentMemory, presentRevision } from './present';

const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
const time = '2026-01-02T03:04:05.678+00:00';

test('a memory and its revisions have the keys of the API', () => {
  const memory = { memory: null, pinned: [], enabled: true, updatedAt: at };
  expect(presentMemory(memory, { maxChars: 2000, available: true })).toEqual({
    memory: null,
    enabled: true,
    updated_at: time,
    pinned: [],
    chars: 0,
    max_chars: 2000,
    available: true,
  });
  const revision = {
    id: 'r',
    sessionId: 's',
    text: 'x',
    author: 'user',
    turn: null,
    createdAt: at,
    seq: 2,
    before: 'w\n\ny',
    replyId: null,
  } as const;
  expect(presentRevision(revision)).toEqual({
    id: 'r',
    memory: 'x',
    author: 'user',
    turn: null,
    message_id: null,
    changes: [
      { change: 'removed', line: 'w' },
      { change: 'removed', line: 'y' },
      { change: 'added', line: 'x' },
    ],
    created_at: time,
  });
  expect(presentRevision({ ...revision, before: undefined })).toMatchObject({ changes: null });
});
