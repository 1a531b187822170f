import { expect, test } from 'vitest';
import type { ModelRequest, Usage } from '@/lib/ports/model';
import { scriptedModel } from '@/tests/setup/turns/scripted-model';
import { countedModel } from '@/lib/chat/run/counted-model';
import { spentTokens } from './spent-tokens';
import { textListener } from '@/tests/setup/text-listener';

const usage: Usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };
const messages = [{ role: 'user', content: 'x'.repeat(400) } as const];

test("tokens are the upstream's count, or else an estimate from prompt and output", () => {
  const spent = (output: string, counted: Usage | null = null, billed = false) =>
    spentTokens({ usage: counted, messages, output, billed });
  expect(spent('anything', usage)).toEqual({ input: 7, output: 3 });
  expect(spent('', { ...usage, total_tokens: 99 })).toEqual({ input: 7, output: 92 });
  expect(spent('x'.repeat(40))).toEqual({ input: 100, output: 10 });
  expect(spent('')).toEqual({ input: 0, output: 0 });
  expect(spent('', null, true)).toEqual({ input: 100, output: 0 });
});

test('a counted model reports the tokens of each request, also of a failed one', async () => {
  const script = scriptedModel();
  const spent: object[] = [];
  const model = countedModel(script, (_request, tokens) => spent.push(tokens));
  const heard: string[] = [];
  const request = {
    requestId: 'r',
    model: 'm',
    messages,
    signal: new AbortController().signal,
    onEvent: textListener((text) => heard.push(text)),
  };
  const first = model.stream(request);
  (await script.next()).finish(usage);
  expect(await first).toEqual({ usage, finish: 'stop' });
  // Thoughts that are dropped, and then nothing.
  const thoughtful = model.stream(request);
  const thinking = await script.next();
  void thinking.onEvent({ kind: 'progress' });
  thinking.fail(new Error('broke off'));
  await expect(thoughtful).rejects.toThrow('broke off');
  const second = model.stream(request);
  const open = await script.next();
  open.onText('x'.repeat(40));
  open.fail(new Error('broke off'));
  await expect(second).rejects.toThrow('broke off');
  expect(spent).toEqual([
    { input: 7, output: 3 },
    { input: 100, output: 0 },
    { input: 100, output: 10 },
  ]);
  expect(heard).toEqual(['x'.repeat(40)]);
});

test('an aborted request counts its prompt once the upstream was asked, unless it refused', async () => {
  const script = scriptedModel();
  const spent: object[] = [];
  const model = countedModel(script, (_request, tokens) => spent.push(tokens));
  const abortAfter = async (reached: (request: ModelRequest) => void) => {
    const controller = new AbortController();
    const { signal } = controller;
    const answer = model.stream({
      requestId: 'r',
      model: 'm',
      messages,
      signal,
      onEvent: textListener(),
    });
    reached(await script.next());
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
  };
  const sent = { model: 'm', messages, parameters: {} };
  await abortAfter(() => undefined);
  await abortAfter(({ onSent }) => onSent?.(sent));
  await abortAfter(({ onSent, onRefused }) => {
    onSent?.(sent);
    onRefused?.();
  });
  expect(spent).toEqual([0, 100, 0].map((input) => ({ input, output: 0 })));
});
