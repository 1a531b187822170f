import { expect, test } from 'vitest';
import { SOURCES_MAX } from '@/lib/reply/source';
import { modelClient } from '@/tests/upstream/model-client';
import { DONE, FINISH, raw, status, token } from '@/tests/upstream/upstream';

const client = modelClient();

const chunk = (fields: object) => `data: ${JSON.stringify(fields)}\n\n`;
const delta = (fields: object, beside: object = {}) =>
  chunk({ choices: [{ index: 0, delta: fields }], ...beside });

const A = { url: 'https://a.example/', title: 'A' };
const B = { url: 'https://b.example/x?y=1', title: 'B' };
const cited = ({ url, title }: typeof A) => ({
  type: 'url_citation',
  url_citation: { url, title, start_index: 0, end_index: 2, content: 'x' },
});
const both = [A, B];
const urls = both.map(({ url }) => url);
const untitled = urls.map((url) => ({ url, title: null }));

const SHAPES: readonly [name: string, expected: readonly object[], ...pieces: string[]][] = [
  [
    'annotations of deltas',
    both,
    delta({ annotations: [cited(A)] }),
    delta({ annotations: [cited(B)] }),
  ],
  [
    'flat annotations',
    both,
    delta({ annotations: both.map((each) => ({ type: 'url_citation', ...each })) }),
  ],
  [
    'addresses with each chunk',
    untitled,
    delta({ content: '' }, { citations: urls }),
    chunk({ choices: [], citations: urls }),
  ],
  [
    'titles with each chunk',
    both,
    delta({}, { citations: urls, search_results: both }),
    delta({}, { citations: urls, search_results: both }),
  ],
  [
    'titles only at the end',
    both,
    delta({}, { citations: urls }),
    chunk({ choices: [], search_results: both }),
  ],
  ['a title for one of two', [B, untitled[0] ?? {}], delta({}, { citations: [A.url, B] })],
  [
    'results of which one has no title',
    [{ ...A, title: null }, B],
    delta({}, { citations: urls, search_results: [{ url: A.url }, B] }),
  ],
  [
    'web_search with links',
    both,
    delta({}, { web_search: both.map(({ url, title }) => ({ link: url, title })) }),
  ],
  ['search_info', both, delta({}, { search_info: { search_results: both } })],
  ['a context with citations', both, delta({ context: { citations: both } })],
  [
    'tools that the server ran',
    both,
    delta({ executed_tools: [{ search_results: { results: both } }] }),
  ],
  [
    'parts with annotations',
    both,
    delta({ content: [{ type: 'text', text: '', annotations: [cited(A)], citations: [B] }] }),
  ],
];

test.each(SHAPES)('sources come from %s', async (_, expected, ...pieces) => {
  client.upstream.behave(raw(token('hi'), ...pieces, FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: 'hi', sources: expected, error: null });
});

test('sources come from a whole completion, and after the finish reason', async () => {
  const message = { content: 'hi', annotations: [cited(A)] };
  client.upstream.behave(status(200, { choices: [{ message, finish_reason: 'stop' }] }));
  expect(await client.send()).toMatchObject({ text: 'hi', sources: [A] });
  client.upstream.behave(raw(token('hi'), FINISH, chunk({ choices: [], citations: [B] }), DONE));
  expect(await client.send()).toMatchObject({ text: 'hi', sources: [B] });
});

test.each([
  ['no lists', { citations: 'https://a.example', search_results: 7, web_search: null }],
  ['no addresses', { citations: [null, 7, {}, [], { url: 7 }, { url: '' }, 'x'] }],
  ['addresses that run code', { citations: ['javascript:alert(1)', { url: 'data:text/html,x' }] }],
])('%s are passed over', async (_, fields) => {
  client.upstream.behave(raw(token('hi'), delta(fields, fields), FINISH, DONE));
  expect(await client.send()).toMatchObject({ text: 'hi', sources: [], error: null });
});

test('ten thousand sources and titles of megabytes stay within bounds', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `https://x.y/${String(at)}`);
  const titled = many.map((url, at) => ({ url, title: at === 0 ? 't'.repeat(1_000_000) : 'T' }));
  client.upstream.behave(
    raw(token('hi'), delta({}, { citations: many, search_results: titled }), FINISH, DONE),
  );
  const { text, sources } = await client.send({ bytesMax: 10_000_000 });
  expect([text, sources.length]).toEqual(['hi', SOURCES_MAX]);
  expect(JSON.stringify(sources).length).toBeLessThan(10_000);
});
