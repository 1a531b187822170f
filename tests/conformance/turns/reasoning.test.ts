import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { watchFrames } from '../../faults/turns/cut-stream';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { reasoningUnits, unitsOf, unitsOfMessage } from '../../programs/units';
import {
  cited,
  DONE,
  FINISH,
  finish,
  openStream,
  raw,
  thought,
  token,
  type Upstream,
} from '../../upstream/upstream';

const delta = (fields: object) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: fields }] })}\n\n`;
const thinking = (text: string) => ({ type: 'thinking', thinking: [{ type: 'text', text }] });

interface Shape {
  readonly name: string;
  readonly pieces: readonly string[];
  readonly text: string;
  readonly reasoning: string;
  readonly sources: readonly string[];
  readonly state: string;
  readonly cut?: string;
  /** As the upstream calls it. */
  readonly finish?: string;
  /** As the API calls it. */
  readonly ends?: string | undefined;
}

const PAGE = 'https://a.example/';
const OTHER_PAGE = 'https://b.example/x?y=1';

const shape = (name: string, pieces: readonly string[], more: Partial<Shape> = {}): Shape => ({
  name,
  pieces: [...pieces, more.finish ? finish(more.finish) : FINISH, DONE],
  text: 'Hi there',
  reasoning: 'plan on',
  sources: [],
  state: 'complete',
  ends: more.cut === 'thoughts' ? 'length' : more.finish && more.cut,
  ...more,
});

const SHAPES: readonly Shape[] = [
  shape('reasoning_content', [
    delta({ reasoning_content: 'plan' }),
    delta({ reasoning_content: ' on' }),
    token('Hi there'),
  ]),
  shape('two fields with the same', [
    delta({ reasoning: 'plan on', reasoning_details: [{ text: 'plan on' }] }),
    token('Hi there'),
  ]),
  shape('details', [
    delta({ reasoning_details: [{ type: 'reasoning.text', text: 'plan' }] }),
    delta({ reasoning_details: [{ type: 'reasoning.summary', summary: ' on' }] }),
    delta({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'secret' }] }),
    token('Hi there'),
  ]),
  shape('thinking and its blocks', [
    delta({ thinking: 'plan', thinking_blocks: [{ type: 'thinking', thinking: 'plan' }] }),
    delta({ thinking_blocks: [{ type: 'thinking', thinking: ' on', signature: 'x' }] }),
    token('Hi there'),
  ]),
  shape('parts of the content', [
    delta({ content: [thinking('plan on')] }),
    delta({
      content: [
        { type: 'hologram', text: 'x' },
        { type: 'text', text: 'Hi there' },
      ],
    }),
  ]),
  shape('tags', [token('<thi'), token('nk>plan on</th'), token('ink>\n\nHi there')]),
  shape('reasoning after text and in between', [
    token('Hi'),
    delta({ reasoning: 'plan' }),
    token(' there'),
    delta({ reasoning: ' on' }),
  ]),
  shape('a limit', [delta({ reasoning: 'plan on' }), token('Hi there')], {
    finish: 'length',
    state: 'interrupted',
    cut: 'length',
  }),
  shape('a filter', [delta({ reasoning: 'plan on' }), token('Hi there')], {
    finish: 'content_filter',
    state: 'interrupted',
    cut: 'filter',
  }),
  shape(
    'sources among both',
    [
      delta({ reasoning: 'plan' }),
      cited(PAGE),
      delta({ reasoning: ' on' }),
      token('Hi'),
      cited(PAGE, 'javascript:alert(1)'),
      token(' there'),
      cited(OTHER_PAGE),
    ],
    { sources: [PAGE, OTHER_PAGE] },
  ),
  shape('sources alone beside text', [token('Hi'), cited(PAGE), token(' there')], {
    reasoning: '',
    sources: [PAGE],
  }),
  shape('a call of a tool', [delta({ reasoning: 'plan on' }), token('Hi there')], {
    finish: 'tool_calls',
    state: 'interrupted',
    cut: 'tool-calls',
  }),
  shape('all tokens spent on thinking', [delta({ reasoning: 'plan on' })], {
    text: '',
    finish: 'length',
    state: 'interrupted',
    cut: 'thoughts',
  }),
  shape('a thought and no answer', [delta({ reasoning: 'plan on' })], {
    text: '',
    state: 'interrupted',
    cut: 'no-answer',
  }),
];

describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;
  let api: ApiClient;
  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      CHAT_MEMORY_ENABLED: 'false',
      BREAKER_THRESHOLD: '100000',
    });
    ({ upstream } = deployment);
    ({ api } = await deployment.start());
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  test.each(SHAPES)(
    '$name: streamed, resumed from every frame, answered and kept',
    async (each) => {
      const { pieces, text, reasoning, sources, state, cut, ends } = each;
      upstream.behave(raw(...pieces));
      const session_id = await api.createSession();
      const turn = await api.stream({ message: 'Tell me', session_id });
      expect(turn).toMatchObject({ text, reasoning, last: { state } });
      expect([turn.last?.cut, turn.last?.finish]).toEqual([cut, ends]);
      expect(turn.sources.map(({ url }) => url)).toEqual(sources);
      const units = (answer: typeof turn) => unitsOf(answer.frames);
      const whole = units(await api.watch(turn.frames[0]?.request_id ?? ''));
      expect(whole).toHaveLength(text.length + reasoning.length + sources.length);
      for (const id of [...new Set(turn.ids), '999999']) {
        const rest = await api.watch(turn.frames[0]?.request_id ?? '', id);
        expect(rest.ids[0]).toBe(String(Math.min(Number(id), whole.length)));
        expect(units(rest)).toEqual(whole.slice(Number(id)));
      }
      const [, message] = await api.messages(session_id);
      expect(message).toMatchObject({ content: text, parts: expect.any(Array) as unknown });
      expect((message as { finish?: string }).finish).toBe(ends);
      expect(message && unitsOfMessage(message)).toEqual(whole);
      const exported = async (query: string) =>
        (await api.call('GET', `/api/sessions/${session_id}/export?${query}`)).text;
      expect(JSON.parse(await exported('format=json'))).toMatchObject({
        messages: [{}, { content: text, ...(ends && { finish: ends }) }],
      });
      const markdown = await exported('format=md');
      expect(markdown).not.toContain('plan');
      for (const url of sources) expect(markdown).toContain(`](<${url}>)`);
      expect(await exported('format=md&reasoning=1')).toContain(reasoning ? '> plan' : text);
      const { body } = await api.call('POST', '/api/chat', { message: 'Tell me' });
      expect(body).toMatchObject({ reply: text, parts: expect.any(Array) as unknown });
    },
  );

  test('a reply that ended in its thoughts is continued by asking again', async () => {
    upstream.behave(raw(delta({ reasoning: 'plan' }), finish('length'), DONE));
    const session_id = await api.createSession();
    const first = await api.stream({ message: 'Tell me', session_id });
    upstream.behave(raw(token('Hi'), FINISH, DONE));
    const more = await api.stream({ session_id, continue: first.frames[0]?.request_id });
    expect(more).toMatchObject({ text: 'Hi', last: { state: 'complete' } });
    expect(JSON.stringify(upstream.requests.at(-1)?.body)).not.toContain('plan');
    expect((await api.messages(session_id)).map(({ content }) => content)).toEqual([
      'Tell me',
      'Hi',
    ]);
  });

  test('a call of a tool without any text fails with a sentence that says so', async () => {
    const call = { index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
    upstream.behave(raw(delta({ tool_calls: [call] }), finish('tool_calls'), DONE));
    const session_id = await api.createSession();
    const turn = await api.stream({ message: 'Tell me', session_id });
    expect(turn.last).toMatchObject({ state: 'failed', kind: 'upstream', reason: 'tool-calls' });
    expect(turn.last?.error).toContain('call a tool');
    expect(await api.messages(session_id)).toEqual([]);
    expect(upstream.requests).toHaveLength(1);
  });

  test('a thought that is stopped stays with its reply, which can be continued', async () => {
    upstream.behave((response) => {
      openStream(response).write(thought('plan'));
    });
    const session_id = await api.createSession();
    const id = randomUUID();
    const streaming = api.stream({ message: 'Tell me', session_id }, { 'X-Request-ID': id });
    await expect.poll(() => upstream.requests.length).toBe(1);
    // The first frame has the ids, the next one what the model thinks.
    const KICKOFF_AND_THOUGHT = 2;
    expect(unitsOf(await watchFrames(api, id, undefined, KICKOFF_AND_THOUGHT))).toEqual(
      reasoningUnits('plan'),
    );
    expect((await api.call('DELETE', `/api/chat/stream/${id}`)).status).toBe(204);
    expect(await streaming).toMatchObject({ reasoning: 'plan', last: { state: 'stopped' } });
    expect(await api.messages(session_id)).toMatchObject([
      { content: 'Tell me' },
      { content: '', state: 'stopped', parts: [{ kind: 'reasoning', text: 'plan' }] },
    ]);
    upstream.behave(raw(token('Hi'), FINISH, DONE));
    expect(await api.stream({ session_id, continue: id })).toMatchObject({ text: 'Hi' });
  });

  test('a place within a unit is no place to resume from', async () => {
    const answer = await api.call('GET', '/api/chat/stream/x', undefined, {
      'Last-Event-ID': '1.5',
    });
    expect(answer.status).toBe(400);
  });

  test('CHAT_REASONING=drop leaves reasoning out', async () => {
    const { api: dropping } = await deployment.start({ CHAT_REASONING: 'drop' });
    const [, , , , tags] = SHAPES;
    upstream.behave(raw(...(tags?.pieces ?? [])));
    const session_id = await dropping.createSession();
    const turn = await dropping.stream({ message: 'Tell me', session_id });
    expect(turn).toMatchObject({ text: 'Hi there', reasoning: '', last: { state: 'complete' } });
    expect((await dropping.messages(session_id))[1]).not.toHaveProperty('parts');
  });
});
