import { expect, test } from 'vitest';
import { changeBy, readTurnFrame, skippedBefore } from './turn-frame';
import { replyLog } from '@/lib/reply/log';
import { said } from '@/tests/setup/entries';

const read = (data: unknown, id = '') => readTurnFrame({ id, data: JSON.stringify(data) });

test('the first frame names the turn', () => {
  expect(read({ request_id: 'r1' }, '0')).toEqual({
    type: 'start',
    requestId: 'r1',
    upTo: 0,
  });
});

test('a token has the length of the text including it', () => {
  expect(read({ token: 'Hi' }, '12')).toEqual({
    type: 'delta',
    kind: 'text',
    text: 'Hi',
    upTo: 12,
  });
  expect(read({ token: 'Hi' })).toEqual({ type: 'delta', kind: 'text', text: 'Hi', upTo: null });
});

test('the last frame tells how the turn ended', () => {
  const frame = read({ done: true, state: 'stopped', reply_id: 'm1' });
  expect(frame).toMatchObject({ end: { state: 'stopped', replyId: 'm1' }, error: null });
});

test('a bare done is a complete turn', () => {
  expect(read({ done: true })).toMatchObject({ end: { state: 'complete', usage: null } });
});

test('an error frame is a failed turn unless some text was kept', () => {
  const error = {
    error: 'Busy',
    code: 503,
    kind: 'upstream',
    reason: 'limited',
    model: 'm',
    request_id: 'r',
    done: true,
  };
  expect(read(error)).toMatchObject({
    end: { state: 'failed' },
    error: { code: 503, kind: 'upstream', reason: 'limited', model: 'm', error: 'Busy' },
  });
  expect(read({ ...error, state: 'interrupted' })).toMatchObject({ end: { state: 'interrupted' } });
});

test('unknown frames are skipped', () => {
  expect(readTurnFrame({ id: '', data: '{"token":' })).toBeNull();
  expect(read('text')).toBeNull();
  expect(read(null)).toBeNull();
  expect(read({ other: 1 })).toBeNull();
});

test('a reply that is cut off has the reason', () => {
  const frame = read({ done: true, state: 'interrupted', cut: 'length', omitted: 4 });
  expect(frame).toMatchObject({
    end: { state: 'interrupted', failure: { kind: 'cut-short', reason: 'length' }, omitted: 4 },
    error: null,
  });
  expect(read({ done: true, cut: 'word' })).toMatchObject({ end: { failure: null } });
});

test('existing text is not added again', () => {
  const frame = { kind: 'text', text: 'cdef', upTo: 6 } as const;
  expect(changeBy(frame, replyLog(said('ab')))).toEqual({ cutTo: null, add: 'cdef' });
  expect(changeBy(frame, replyLog(said('abcd')))).toEqual({ cutTo: null, add: 'ef' });
  expect(changeBy(frame, replyLog(said('abcdef')))).toEqual({ cutTo: null, add: '' });
  expect(changeBy(frame, replyLog(said('abcdefgh')))).toEqual({ cutTo: null, add: '' });
  expect(changeBy({ kind: 'text', text: 'x', upTo: null }, replyLog(said('abcdef')))).toEqual({
    cutTo: null,
    add: 'x',
  });
});

test('a source is one long, and known by what it holds', () => {
  const source = read({ source: { url: 'https://x.y', title: 'X' } }, '3');
  const text = '{"url":"https://x.y/","title":"X"}';
  expect(source).toEqual({ type: 'delta', kind: 'source', text, upTo: 3 });
  const frame = { kind: 'source', text, upTo: 3 } as const;
  const cited = replyLog([...said('ab'), { at: 2, kind: 'source', text }]);
  expect(changeBy(frame, replyLog(said('ab')))).toEqual({ cutTo: null, add: text });
  expect(changeBy(frame, cited)).toEqual({ cutTo: null, add: '' });
  expect(changeBy(frame, replyLog(said('abc')))).toEqual({ cutTo: 2, add: text });
  expect(read({ source: { url: 'javascript:alert(1)' } })).toBeNull();
  expect(read({ source: 'x' })).toBeNull();
});

test('entries that came in frames of a newer version are counted', () => {
  const reply = replyLog(said('ab'));
  expect(skippedBefore({ kind: 'text', text: 'cd', upTo: 6 }, reply)).toBe(2);
  expect(skippedBefore({ kind: 'text', text: 'cd', upTo: 3 }, reply)).toBe(0);
  expect(skippedBefore({ kind: 'text', text: 'cd', upTo: null }, reply)).toBe(0);
});

test('text that was never stored is replaced by what a frame has', () => {
  expect(changeBy({ kind: 'text', text: 'cdef', upTo: 6 }, replyLog(said('abXY')))).toEqual({
    cutTo: 2,
    add: 'cdef',
  });
  expect(changeBy({ kind: 'text', text: 'cd', upTo: 4 }, replyLog(said('abcXYZ')))).toEqual({
    cutTo: 2,
    add: 'cd',
  });
});
