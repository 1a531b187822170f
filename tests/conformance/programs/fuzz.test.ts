/** Requests made from the program's own document, right and wrong ones: its answers are those that it promises. */
import fc, { type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { almost, valuesOf } from './requests-of';
import { complaints, type Told } from './complaints';

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Told>>;
}
interface Sent {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

const RUNS = Number(process.env['FAULT_ROUNDS'] ?? 8);

let deployment: Deployment;
let app: Instance;
let document: Document;
let complain: ReturnType<typeof complaints>;
/** What exists, so that more than 404 is seen. */
const known: string[] = [];

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start();
  document = (await app.api.call('GET', '/openapi.json')).body as Document;
  complain = complaints(document);
  const session = await app.api.createSession();
  const sent = await app.api.call('POST', '/api/chat', { message: 'Hi', session_id: session });
  const messages = await app.api.messages(session);
  known.push(session, sent.body.request_id, 'gpt-4', ...messages.map(({ id }) => id));
});
afterAll(() => deployment.remove());

/** Watching for changes has no end; deleting everything leaves nothing to find. */
const LEFT_OUT = ['get /api/sessions/changes', 'delete /api/sessions'];

test('the document is OpenAPI 3.1 and has the calls', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).length).toBeGreaterThan(25);
});

test('each choice that a query offers leads to an answer that the document tells', async () => {
  let answered = 0;
  for (const [address, { get: told }] of Object.entries(document.paths)) {
    const choices = (told?.parameters ?? []).flatMap(({ in: place, name, schema }) =>
      place === 'query' ? (schema.enum ?? []).map((value) => ({ [name]: value })) : [],
    );
    const ids = address.includes('{') ? known : [''];
    for (const choice of told ? choices : [])
      for (const each of ids) {
        const path = address.replaceAll(/\{\w+\}/g, each) + asQuery(choice);
        const response = await app.api.fetch(path);
        answered += Number(response.ok);
        expect({ path, said: await complain(told as Told, response) }).toEqual({
          path,
          said: null,
        });
      }
  }
  expect(answered).toBeGreaterThan(10);
});

test('no request leads to an answer that the document does not tell', async () => {
  const calls = Object.entries(document.paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ address, method, told })),
  );
  const tried = calls.filter(({ method, address }) => !LEFT_OUT.includes(`${method} ${address}`));
  const done = new Set<string>();
  for (const { address, method, told } of tried) {
    const holds = async (sent: Sent) => {
      const response = await answerTo(method, sent);
      if (response.ok) done.add(`${method} ${address}`);
      const said = await complain(told, response);
      expect(said && { said, method, ...sent }).toBeNull();
    };
    await fc.assert(fc.asyncProperty(requestsOf(address, told), holds), {
      numRuns: RUNS,
      endOnFailure: true,
    });
  }
  // Not refusals alone.
  expect(done.size).toBeGreaterThan(10);
});

const id = () => fc.oneof(fc.constantFrom(...known), fc.string({ minLength: 1, unit: 'binary' }));

function requestsOf(address: string, { parameters = [], requestBody }: Told): Arbitrary<Sent> {
  const of = (place: string) =>
    Object.fromEntries(
      parameters
        .filter((each) => each.in === place)
        .map(({ name, schema }) => [name, place === 'path' ? id() : almost(valuesOf(schema))]),
    );
  const schema = requestBody?.content['application/json']?.schema;
  const body = schema ? almost(valuesOf(schema)).map((value) => JSON.stringify(value)) : undefined;
  return fc
    .record({
      path: fc.record(of('path')),
      query: fc.record(of('query'), { requiredKeys: [] }),
      header: fc.record(of('header'), { requiredKeys: [] }),
      body: body ?? fc.constant(requestBody ? '{}' : undefined),
    })
    .map((made) => ({
      path: fill(address, made.path) + asQuery(made.query),
      headers: asHeaders(made.header),
      body: made.body,
    }));
}

const fill = (address: string, values: Record<string, unknown>): string =>
  address.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(values[name]).toWellFormed()).replaceAll('.', '%2E'),
  );

const asQuery = (values: Record<string, unknown>): string => {
  const entries = Object.entries(values).map(([name, value]) => [name, textOf(value)]);
  return entries.length > 0 ? `?${String(new URLSearchParams(entries))}` : '';
};

/** A header cannot hold any character. */
const asHeaders = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      textOf(value).replaceAll(/[^\x21-\x7e]/g, '-'),
    ]),
  );

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

async function answerTo(method: string, { path, headers, body }: Sent): Promise<Response> {
  const json = body !== undefined && { 'Content-Type': 'application/json' };
  return app.api.fetch(path, {
    method: method.toUpperCase(),
    headers: { ...headers, ...json },
    ...(body !== undefined && { body }),
  });
}
