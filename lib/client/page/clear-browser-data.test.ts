import { expect, test } from 'vitest';
import { clearStorage } from './clear-browser-data';

test("removes this app's keys and no others", () => {
  const items = new Map<string, string>();
  for (const key of ['ask-next:draft:new', 'other', 'ask-next:unsent:s', 'ask-next:model', 'ask'])
    items.set(key, 'words');
  clearStorage({
    get length() {
      return items.size;
    },
    key: (at) => [...items.keys()][at] ?? null,
    removeItem: (key) => items.delete(key),
  });
  expect([...items.keys()]).toEqual(['other', 'ask']);
});
