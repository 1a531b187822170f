import { expect, test } from 'vitest';
import { keepPlace, readPlace } from './kept-place';
import { storageWith } from '@/lib/client/browser/testing';

test('a scroll position is kept per session until the reader is at the end again', () => {
  const storage = storageWith();
  keepPlace(storage, 'a', { key: 'turn reply', top: -120.5 });
  expect(readPlace(storage, 'a')).toEqual({ key: 'turn reply', top: -120.5 });
  expect(readPlace(storage, 'b')).toBeNull();
  keepPlace(storage, 'a', null);
  expect(readPlace(storage, 'a')).toBeNull();
});

test.each(['', '{', '3', '{"key":1,"top":2}', '{"key":"a"}'])('%s is no position', (stored) => {
  const storage = storageWith();
  storage.setItem('ask-next:place:a', stored);
  expect(readPlace(storage, 'a')).toBeNull();
});
