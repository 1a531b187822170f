import { expect, test } from 'vitest';
import { addedSince, openDrafts, prependToDraft, withEarlyText } from './drafts';
import { storageWith } from '@/lib/client/browser/testing';

/** A browser: tabs share one storage, and each has its own that survives a reload. */
function browser() {
  const shared = storageWith();
  const tab = (own = storageWith()) => ({
    ...openDrafts(own, shared),
    reload: () => openDrafts(own, shared),
  });
  return { shared, tab };
}

test('each session has its own draft, and so has the new one', () => {
  const { tab } = browser();
  const drafts = tab();
  drafts.set('a', 'for a');
  drafts.set(null, 'for a new one');
  for (const each of [drafts, drafts.reload(), tab()]) {
    expect(each.get('a')).toBe('for a');
    expect(each.get('b')).toBe('');
    expect(each.get(null)).toBe('for a new one');
  }
});

test('a blank draft leaves nothing in storage', () => {
  const { tab, shared } = browser();
  const drafts = tab();
  drafts.set('a', 'words');
  drafts.set('a', ' \n');
  expect(drafts.get('a')).toBe(' \n');
  expect(shared.size()).toBe(0);
  expect(drafts.reload().get('a')).toBe('');
});

test('writing or sending in one tab keeps the draft of another', () => {
  const { tab } = browser();
  const [first, second] = [tab(), tab()];
  for (const drafts of [first, second]) expect(drafts.get('a')).toBe('');
  first.set('a', 'apples');
  second.set('a', 'pears');
  for (const [drafts, words] of [
    [first, 'apples'],
    [second, 'pears'],
  ] as const) {
    expect(drafts.reload().get('a')).toBe(words);
  }
  second.set('a', '');
  expect(first.reload().get('a')).toBe('apples');
  expect(tab().get('a')).toBe('apples');
});

test("a tab that shows another tab's draft and sends it removes it", () => {
  const { tab, shared } = browser();
  tab().set('a', 'apples');
  const second = tab();
  expect(second.get('a')).toBe('apples');
  second.set('a', '');
  expect(shared.size()).toBe(0);
});

test('restored text goes before the current draft', () => {
  expect(prependToDraft('again', '')).toBe('again');
  expect(prependToDraft('again', ' \n')).toBe('again');
  expect(prependToDraft('again', 'new words')).toBe('again\n\nnew words');
});

test('text added since the send is separated from the sent text', () => {
  expect(addedSince('first', 'first')).toBe('');
  expect(addedSince('first', 'first and more')).toBe('and more');
  expect(addedSince('first', 'something else')).toBe('something else');
});

test('the newest drafts are kept and older ones pruned', () => {
  const { tab, shared } = browser();
  for (let n = 0; n < 500; n += 1) tab().set(`s${String(n)}`, 'left behind');
  // A hundred drafts and the list of them.
  expect(shared.size()).toBe(101);
  expect([tab().get('s399'), tab().get('s400')]).toEqual(['', 'left behind']);
  const drafts = tab();
  for (let n = 400; n < 500; n += 1) drafts.set(`s${String(n)}`, '');
  expect(shared.size()).toBe(0);
});

test('typing in an existing draft writes only that draft', () => {
  const { shared } = browser();
  let written = 0;
  const counting = {
    ...shared,
    setItem: (key: string, value: string) => {
      written += 1;
      shared.setItem(key, value);
    },
  };
  const drafts = openDrafts(storageWith(), counting);
  drafts.set('a', 'w');
  const first = written;
  for (let n = 0; n < 10; n += 1) drafts.set('a', `w${String(n)}`);
  expect(written - first).toBe(10);
});

test.each([
  ['', 'early', 'early'],
  ['kept', 'early', 'kept\n\nearly'],
  ['kept', 'kept', 'kept'],
  ['kept', 'kept and more', 'kept and more'],
  ['kept and more', 'kept', 'kept and more'],
])('the draft %j and the text %j typed before hydration give %j', (draft, typed, words) => {
  expect(withEarlyText(draft, typed)).toBe(words);
});

test('a session that is left gives its draft to the new one, also what is typed afterwards', () => {
  const drafts = browser().tab();
  drafts.set('a', 'written');
  drafts.set(null, 'before');
  drafts.moveToNew('a');
  expect(drafts.get(null)).toBe('written\n\nbefore');
  drafts.set('a', 'typed while the page changes');
  expect(drafts.get(null)).toBe('typed while the page changes');
  expect(drafts.reload().get('a')).toBe('');
});
