import { expect, test } from 'vitest';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { storageWith } from '@/lib/client/browser/testing';
import { dropUnsent, keepUnsent, readUnsent } from './unsent';
import { texts } from '@/lib/texts/en/texts';

const message = (id: string) => ({ id, text: `words of ${id}`, model: 'demo', retryOf: null });

test('messages are kept until they have arrived', () => {
  const storage = storageWith();
  keepUnsent(storage, 's', message('a'));
  keepUnsent(storage, 's', message('b'));
  keepUnsent(storage, 's', message('a'));
  expect(readUnsent(storage, 's').map(({ id }) => id)).toEqual(['b', 'a']);
  dropUnsent(storage, 's', new Set(['a', 'c']));
  expect(readUnsent(storage, 's')).toEqual([message('b')]);
  expect(readUnsent(storage, 'other')).toEqual([]);
});

test('messages stored by an older version replace no turn', () => {
  const kept = JSON.stringify([{ id: 'a', text: 'words of a', model: 'demo' }]);
  const storage = storageWith(new Map([['ask-next:unsent:s', kept]]));
  expect(readUnsent(storage, 's')).toEqual([message('a')]);
});

test('foreign values in storage are skipped', () => {
  for (const text of ['{', 'null', '[1,{"id":2}]', '"x"']) {
    const storage = storageWith(new Map([['ask-next:unsent:s', text]]));
    expect(readUnsent(storage, 's')).toEqual([]);
  }
});

test('a refusal is kept with its message, and an invalid one is dropped', () => {
  const storage = storageWith();
  const problem = {
    kind: 'rate-limited',
    reason: 'CHAT_RATE_LIMIT',
    code: 429,
    ref: 'r',
    retryAt: 5,
  };
  keepUnsent(storage, 's', { ...message('a'), problem });
  expect(readUnsent(storage, 's')).toEqual([{ ...message('a'), problem }]);
  // As an earlier version kept it.
  const old = JSON.stringify([{ ...message('a'), problem: { code: 429, message: 'Wait' } }]);
  const [read] = readUnsent(storageWith(new Map([['ask-next:unsent:s', old]])), 's');
  expect(read?.problem && failureSentence(texts, read.problem)).toBe('Wait');
  const kept = JSON.stringify([{ ...message('a'), problem: { code: 'x' } }]);
  expect(readUnsent(storageWith(new Map([['ask-next:unsent:s', kept]])), 's')).toEqual([
    message('a'),
  ]);
});
