import { expect, test } from 'vitest';
import { readDraft, writeDraft, type DraftStorage } from './drafts';

function memoryStorage(): DraftStorage & { size(): number } {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    size: () => items.size,
  };
}

const forbidden: DraftStorage = {
  getItem: () => {
    throw new DOMException('no', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError');
  },
  removeItem: () => {
    throw new DOMException('no', 'SecurityError');
  },
};

test('each session has a draft of its own, and so has the new one', () => {
  const storage = memoryStorage();
  writeDraft(storage, 'a', 'for a');
  writeDraft(storage, null, 'for a new one');
  expect(readDraft(storage, 'a')).toBe('for a');
  expect(readDraft(storage, 'b')).toBe('');
  expect(readDraft(storage, null)).toBe('for a new one');
});

test('a blank draft leaves nothing behind', () => {
  const storage = memoryStorage();
  writeDraft(storage, 'a', 'words');
  writeDraft(storage, 'a', ' \n');
  expect(storage.size()).toBe(0);
});

test('a storage that refuses does no harm', () => {
  expect(() => {
    writeDraft(forbidden, 'a', 'words');
  }).not.toThrow();
  expect(readDraft(forbidden, 'a')).toBe('');
});
