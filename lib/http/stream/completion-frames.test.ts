import { expect, test } from 'vitest';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import { completionFrames } from './completion-frames';

const about = { requestId: 'r', model: 'm', created: 1 };

function opened(withUsage = false) {
  let left = 0;
  const turn = liveTurn({
    requestId: 'r',
    owner: 'o',
    sessionId: null,
    shared: false,
    reply: [],
    onUnwatched: () => (left += 1),
    onWatcherFault: (cause) => {
      throw cause;
    },
  });
  const stream = completionFrames(turn, about, withUsage);
  return { turn, stream, left: () => left };
}
const deltasIn = (text: string): unknown[] =>
  [...text.matchAll(/^data: (\{.*)$/gm)].map(
    ([, data = '']) =>
      (JSON.parse(data) as { choices: { delta: unknown }[] }).choices[0]?.delta ?? 'no choice',
  );

test('text that turned out to be reasoning comes again as that', async () => {
  const { turn, stream } = opened();
  const decoder = new TextDecoder();
  const bytes = stream.getReader();
  const reader = {
    read: async () => {
      const { done, value } = await bytes.read();
      return { done, value: value && decoder.decode(value, { stream: true }) };
    },
  };
  await reader.read();
  turn.write('plan');
  let text = (await reader.read()).value ?? '';
  turn.cut(0);
  turn.write('plan', 'reasoning');
  turn.write('Hi');
  turn.finish({ state: 'complete', replyId: null, usage: null, failure: null });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  expect(deltasIn(text)).toEqual([
    { content: 'plan' },
    { reasoning_content: 'plan' },
    { content: 'Hi' },
    {},
  ]);
  expect(text).toMatch(/\n\ndata: \[DONE\]\n\n$/);
});

test('without counted tokens there is no chunk for them', async () => {
  const { turn, stream } = opened(true);
  turn.write('Hi');
  turn.finish({ state: 'complete', replyId: null, usage: null, failure: null });
  const text = await new Response(stream).text();
  expect(deltasIn(text)).toEqual([{ role: 'assistant', content: '' }, { content: 'Hi' }, {}]);
});

test('a failure is the last frame, and a reader that leaves is no watcher any more', async () => {
  const failed = opened();
  const failure = { kind: 'interrupted' } as const;
  failed.turn.finish({ state: 'interrupted', replyId: null, usage: null, failure });
  const text = await new Response(failed.stream).text();
  expect(text).toMatch(/\n\ndata: \{"error":\{"message":"[^"]+","type":"server_error".*\}\}\n\n$/);
  const { stream, left } = opened();
  await stream.cancel();
  expect(left()).toBe(1);
});
