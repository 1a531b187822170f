import { expect, test } from 'vitest';
import { saveScrollPosition, readScrollPosition } from './scroll-position';
import { storageWith } from '@/lib/client/browser/testing';

test('a scroll position is kept per session until the reader is at the end again', () => {
  const storage = storageWith();
  saveScrollPosition(storage, 'a', { key: 'turn reply', top: -120.5 });
  expect(readScrollPosition(storage, 'a')).toEqual({ key: 'turn reply', top: -120.5 });
  expect(readScrollPosition(storage, 'b')).toBeNull();
  saveScrollPosition(storage, 'a', null);
  expect(readScrollPosition(storage, 'a')).toBeNull();
});

test.each(['', '{', '3', '{"key":1,"top":2}', '{"key":"a"}'])('%s is no position', (stored) => {
  const storage = storageWith();
  storage.setItem('ask-next:place:a', stored);
  expect(readScrollPosition(storage, 'a')).toBeNull();
});
