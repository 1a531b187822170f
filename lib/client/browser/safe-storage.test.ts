import { expect, test } from 'vitest';
import { storageWith } from './testing';
import { safeStorage } from './safe-storage';

const refuse = () => {
  throw new DOMException('no', 'SecurityError');
};

test("values are read back from the browser's storage", () => {
  const storage = storageWith();
  const safe = safeStorage(() => storage);
  safe.setItem('a', '1');
  expect(storage.getItem('a')).toBe('1');
  storage.setItem('a', 'changed by another tab');
  expect(safe.getItem('a')).toBe('changed by another tab');
  safe.removeItem('a');
  expect(storage.getItem('a')).toBeNull();
});

test('where storage is blocked, values last as long as the page', () => {
  const safe = safeStorage(refuse);
  expect(safe.getItem('a')).toBeNull();
  safe.setItem('a', '1');
  expect(safe.getItem('a')).toBe('1');
  safe.removeItem('a');
  expect(safe.getItem('a')).toBeNull();
});

test('where storage is full, the newest value is read back, not the last one that fitted', () => {
  const storage = storageWith();
  let full = false;
  const safe = safeStorage(() => ({
    ...storage,
    setItem: (key, value) => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      storage.setItem(key, value);
    },
  }));
  safe.setItem('a', 'short');
  full = true;
  safe.setItem('a', 'much longer');
  expect(safe.getItem('a')).toBe('much longer');
  full = false;
  safe.setItem('a', 'short again');
  expect(storage.getItem('a')).toBe('short again');
});
