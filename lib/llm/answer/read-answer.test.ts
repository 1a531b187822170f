import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ModelEvent } from '@/lib/ports/model';
import { readAnswer } from './read-answer';
import { modelClient, upstreamFailure } from '@/tests/upstream/model-client';
import {
  DONE,
  FINISH,
  finish,
  openStream,
  raw,
  status,
  token,
  USAGE,
  type Behaviour,
} from '@/tests/upstream/upstream';

const client = modelClient();

test('a stream cut into single bytes gives the same text, whole characters only', async () => {
  const whole = `\uFEFF: hello\r\n\r\n${token('häl')}${token('😀 lo').replaceAll('\n', '\r\n')}${FINISH}${DONE}`;
  const bytes = new TextEncoder().encode(whole);
  client.upstream.behave(raw(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
  const { text, pieces, error } = await client.send();
  expect({ text, error }).toEqual({ text: 'häl😀 lo', error: null });
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
});

test('a character that is split between two tokens arrives in one piece', async () => {
  client.upstream.behave(raw(token('\ud83d'), token('\ude00!'), FINISH, DONE));
  expect(await client.send()).toMatchObject({ pieces: ['😀!'], error: null });
});

function stallWith(text: string): Behaviour {
  return (response) => void openStream(response).write(text);
}

function breakWith(text: string): Behaviour {
  return (response) => {
    openStream(response).write(text);
    // The connection must break after the text was sent.
    setTimeout(() => response.destroy(), 20);
  };
}

function labelled(type: string, text: string): Behaviour {
  return (response) => void response.writeHead(200, { 'content-type': type }).end(text);
}

function thought(text: string): string {
  const delta = { reasoning_content: text, content: [{ type: 'thinking', thinking: text }] };
  return `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;
}

const sse = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const HI = { choices: [{ delta: { content: 'hi' } }] };
const endingWith = (delta: object | null, content: string) =>
  sse({ choices: [{ delta, message: { role: 'assistant', content }, finish_reason: 'stop' }] });

test('a token that was taken for a number or a truth value is text', async () => {
  const pieces = ['4', 2, true].map((content) => sse({ choices: [{ delta: { content } }] }));
  client.upstream.behave(raw(...pieces, FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: '42true', error: null });
});

const WHOLE: readonly (readonly [string, Behaviour])[] = [
  ['without [DONE]', raw(token('hi'), FINISH)],
  ['without a finish reason', raw(token('hi'), DONE)],
  ['without a blank line at the end', raw(token('hi'), 'data: [DONE]')],
  ['with a bad chunk in the middle', raw(token('h'), 'data: {oops\n\n', token('i'), FINISH, DONE)],
  ['that ends with the whole message', raw(token('h'), token('i'), endingWith(null, 'hi'), DONE)],
  [
    'whose choice is not in a list',
    raw(sse({ choices: { delta: { content: 'hi' } } }), FINISH, DONE),
  ],
  ['whose chunks are JSON twice', raw(sse(JSON.stringify(HI)), FINISH, DONE)],
  ['with U+0000 in the text', raw(token('h\u0000i'), FINISH, DONE)],
  [
    'as one JSON completion',
    status(200, { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] }),
  ],
  [
    'on a connection that stays open',
    (response) => void openStream(response).write(token('hi') + FINISH + USAGE + DONE),
  ],
  ['that never says [DONE] nor closes', stallWith(token('hi') + FINISH)],
  ['whose connection breaks after its end', breakWith(token('hi') + FINISH)],
  ['labelled as JSON', labelled('application/json', token('hi') + FINISH + DONE)],
  ['labelled as a page', labelled('text/html', token('hi') + FINISH + DONE)],
  [
    'as one completion labelled as a stream',
    raw('{"choices":[{"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'),
  ],
  ['with tokens and no other end', raw(token('hi'), USAGE)],
  ['in the old shape', raw('data: {"choices":[{"text":"hi","finish_reason":"stop"}]}\n\n', DONE)],
  ['that has parts other than text', raw(thought('hm'), token('hi'), FINISH, DONE)],
];

test.each(WHOLE)('a response %s is complete', async (_, behaviour) => {
  client.upstream.behave(behaviour);
  expect(await client.send()).toMatchObject({ text: 'hi', error: null });
});

test.each([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['content_filter', 'filter'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['stop', 'stop'],
  ['eos', 'stop'],
])('the finish reason %s means %s', async (reason, expected) => {
  client.upstream.behave(raw(token('half a'), finish(reason), USAGE, DONE));
  expect(await client.send()).toMatchObject({
    finish: expected,
    text: 'half a',
    usage: { total_tokens: 10 },
  });
  client.upstream.behave(
    status(200, { choices: [{ message: { content: 'half a' }, finish_reason: reason }] }),
  );
  expect(await client.send()).toMatchObject({ finish: expected, text: 'half a' });
});

const said = (delta: object) => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;

test('reasoning that was already streamed is retracted', async () => {
  client.upstream.behave(raw(token('plan'), token('</think>\n\nHi'), FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: 'Hi', pieces: ['plan', 'Hi'], error: null });
});

test('a partial tag at the end of a reply is text', async () => {
  client.upstream.behave(raw(token('a <'), FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: 'a <', error: null });
  client.upstream.behave(status(200, { choices: [{ message: { content: 'a <' } }] }));
  expect(await client.send()).toMatchObject({ text: 'a <', error: null });
});

test.each([
  ['abort', 'failing'],
  ['error', 'failing'],
  ['a new word', 'broken'],
])('a reply with the finish reason %s fails', async (reason, failure) => {
  client.upstream.behave(raw(token('half a'), finish(reason), USAGE, DONE));
  expect(await client.send()).toMatchObject({ text: 'half a', error: upstreamFailure(failure) });
});

test.each(['null', ''])('the finish reason "%s" is ignored', async (reason) => {
  client.upstream.behave(raw(token('h'), finish(reason), token('i'), FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: 'hi', error: null });
  client.upstream.behave(raw(token('h'), finish(reason)));
  expect(await client.send()).toMatchObject({ error: upstreamFailure('unreachable') });
});

test('usage ends a reply only if nothing follows it', async () => {
  client.upstream.behave(raw(token('h'), USAGE, token('i')));
  expect(await client.send()).toMatchObject({ error: upstreamFailure('unreachable') });
});

test('refusals and text parts are read, other parts are ignored', async () => {
  const parts = [{ type: 'reference', reference_ids: [1] }, { type: 'text', text: 'Hi' }, ' you'];
  client.upstream.behave(raw(said({ content: parts }), said({ refusal: ', no.' }), FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: 'Hi you, no.', error: null });
});

test.each(['[null, 5, ["x"]]', 'null', '{"choices":[null]}', '{"choices":5}', '[[[[]]]]'])(
  'an event of %s is ignored',
  async (event) => {
    client.upstream.behave(raw(`data: ${event}\n\n`, token('hi'), FINISH, DONE));
    expect(await client.send()).toMatchObject({ text: 'hi', error: null });
  },
);

/** A response in these pieces; the clock passes ten idle timeouts of 1 ms before each. */
function slowly(pieces: readonly string[]): Response {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const pull = async (stream: ReadableStreamDefaultController<Uint8Array>) => {
    const began = performance.now();
    while (performance.now() - began <= 11) await turn();
    const piece = left.shift();
    if (piece) stream.enqueue(piece);
    else stream.close();
  };
  return new Response(new ReadableStream({ pull }));
}

async function readSlowly(expected: boolean, ...pieces: readonly string[]) {
  const silence = {
    signal: new AbortController().signal,
    restart: () => undefined,
    timedOut: () => false,
    end: () => undefined,
  };
  let text = '';
  let progress = 0;
  const request = {
    onEvent: (event: ModelEvent) => {
      if (event.kind === 'text') text += event.text;
      else progress += 1;
    },
  };
  const response = slowly(pieces);
  const reasoningStart = { expected, learn: () => undefined };
  const read = readAnswer(
    response,
    request,
    silence,
    { idleTimeoutMs: 1, bytesMax: 9999 },
    reasoningStart,
  );
  const error = await read.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { text, progress, error };
}

const reasoning = (delta: object) => said({ role: 'assistant', content: '', ...delta });

test.each([
  ['held back', true, [token('hm'), token(' so'), token('</think>Hi')]],
  [
    'in fields of their own',
    false,
    [
      reasoning({ reasoning_content: 'hm' }),
      reasoning({ reasoning: 'hm' }),
      reasoning({ thinking: 'hm' }),
      reasoning({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }),
      reasoning({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }),
      token('Hi'),
    ],
  ],
] as const)('thoughts %s are progress, however long they take', async (_, expected, pieces) => {
  const { text, progress, error } = await readSlowly(expected, ...pieces, FINISH + DONE);
  // The last piece is text.
  expect({ text, error }).toEqual({ text: 'Hi', error: null });
  expect(progress).toBe(pieces.length - 1);
});

test.each([
  ['empty pieces', reasoning({ reasoning_content: '', reasoning_details: [] })],
  ['comments', ': waiting\n\n'],
])('%s are no progress, and time out', async (_, piece) => {
  expect(await readSlowly(false, piece, piece)).toMatchObject({
    progress: 0,
    error: upstreamFailure('timeout'),
  });
});

const counting = (tokens: number, delta: object | null) => {
  const usage = { prompt_tokens: 5, completion_tokens: tokens, total_tokens: 5 + tokens };
  return `data: ${JSON.stringify({ choices: delta ? [{ delta }] : [], usage })}\n\n`;
};

test.each([
  ['with every chunk', [counting(1, { content: 'h' }), counting(2, { content: 'i' })], 2],
  ['with hidden reasoning', [counting(1, { reasoning_content: 'hm' })], 1],
  ['after the text', [token('hi'), counting(2, null)], 2],
  ['before more text', [counting(1, { content: 'h' }), token('i')], null],
  ['of the prompt alone', [counting(0, { content: 'hi' })], null],
  ['never', [token('hi')], null],
])('usage of a broken answer that came %s is kept, or unknown', async (_when, pieces, tokens) => {
  client.upstream.behave(breakWith(pieces.join('')));
  const { counted, error } = await client.send();
  expect(error).not.toBeNull();
  expect(counted).toEqual(
    tokens && { prompt_tokens: 5, completion_tokens: tokens, total_tokens: 5 + tokens },
  );
});
