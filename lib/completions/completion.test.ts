import { expect, test } from 'vitest';
import type { TurnEnd } from '@/lib/chat/turn/events';
import type { Entry, EntryContent } from '@/lib/reply/entry';
import { replyLog } from '@/lib/reply/log';
import { sourceText } from '@/lib/reply/source';
import { callText } from '@/lib/reply/tool-call';
import { completionOf, failureOfEnd, finishReason } from './completion';

const about = { requestId: 'r', model: 'm', created: 1 };
const end = (more: Partial<TurnEnd> = {}): TurnEnd => ({
  state: 'complete',
  replyId: null,
  usage: null,
  failure: null,
  ...more,
});
function logOf(...contents: EntryContent[]): readonly Entry[] {
  const log = replyLog();
  for (const { kind, text } of contents) log.append(kind, text);
  return log.since(0);
}
const call = { id: 'c', name: 'weather', arguments: '{}' };
const source = { url: 'https://a.example/', title: null };

test('reasoning, sources and calls stand beside the text', () => {
  const entries = logOf(
    { kind: 'reasoning', text: 'plan' },
    { kind: 'text', text: 'Hi' },
    { kind: 'source', text: sourceText(source) },
    { kind: 'tool-call', text: callText(call) },
  );
  const cited = { url: source.url, title: source.url, start_index: 2, end_index: 2 };
  expect(completionOf(about, entries, end())).toEqual({
    id: 'chatcmpl-r',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'Hi',
          refusal: null,
          reasoning_content: 'plan',
          annotations: [{ type: 'url_citation', url_citation: cited }],
          tool_calls: [
            { id: 'c', type: 'function', function: { name: 'weather', arguments: '{}' } },
          ],
        },
        logprobs: null,
        finish_reason: 'tool_calls',
      },
    ],
  });
});

test.each<readonly [TurnEnd['failure'], string]>([
  [null, 'stop'],
  [{ kind: 'cut-short', reason: 'length' }, 'length'],
  [{ kind: 'cut-short', reason: 'limit' }, 'length'],
  [{ kind: 'cut-short', reason: 'thoughts' }, 'length'],
  [{ kind: 'cut-short', reason: 'filter' }, 'content_filter'],
  [{ kind: 'cut-short', reason: 'no-answer' }, 'stop'],
  [{ kind: 'upstream', reason: 'length' }, 'length'],
  [{ kind: 'upstream', reason: 'filter' }, 'content_filter'],
  [{ kind: 'upstream', reason: 'empty' }, 'stop'],
])('a turn that ends with %o is a completion with the reason %s', (failure, reason) => {
  expect(failureOfEnd(end({ failure }))).toBeNull();
  expect(finishReason(end({ failure }), 0)).toBe(reason);
});

test('a turn that was interrupted or failed is none', () => {
  for (const failure of [
    { kind: 'interrupted' },
    { kind: 'upstream', reason: 'unreachable' },
    { kind: 'internal' },
  ] as const)
    expect(failureOfEnd(end({ failure }))).toEqual(failure);
});
