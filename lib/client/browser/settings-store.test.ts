import { expect, test } from 'vitest';
import { openSettings } from './settings-store';
import { storageWith } from './testing';

test('a setting is read once, and again when another tab may have changed it', () => {
  const items = new Map([['ask-next:send-key', 'ctrl-enter']]);
  const read: string[] = [];
  const storage = storageWith(items);
  const settings = openSettings({
    ...storage,
    getItem(key) {
      read.push(key);
      return storage.getItem(key);
    },
  });
  const changes: (string | null)[] = [];
  settings.subscribe(() => changes.push(settings.get('send-key')));
  expect([settings.get('send-key'), settings.get('send-key')]).toEqual([
    'ctrl-enter',
    'ctrl-enter',
  ]);
  expect([settings.get('model'), settings.get('model')]).toEqual([null, null]);
  expect(read).toEqual(['ask-next:send-key', 'ask-next:model']);
  settings.set('send-key', 'enter');
  expect(items.get('ask-next:send-key')).toBe('enter');
  items.delete('ask-next:send-key');
  settings.readAgain();
  expect(changes).toEqual(['enter', null]);
});
