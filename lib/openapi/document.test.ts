import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { STATUS } from '@/lib/errors';
import { openapiDocument } from './document';

const document = openapiDocument({ version: '1.0.0', memoryMaxChars: 2000 });
interface Told {
  readonly operationId: string;
  readonly responses: Record<string, { description: string; headers: object; content?: object }>;
}
const calls = Object.entries(document.paths).flatMap(([address, methods]) =>
  Object.entries(methods).map(([method, call]) => ({ address, method, call: call as Told })),
);

/** As in the document: `get /api/sessions/{id}`. */
function callsOf(file: string): string[] {
  const address = `/${path.posix.relative('app', path.posix.dirname(file))}`;
  const named = address.replaceAll(/\[(?:\.{3})?(\w+)\]/g, '{$1}');
  const methods = readFileSync(file, 'utf8').matchAll(
    /^ {2,4}(?:async )?(GET|POST|PUT|PATCH|DELETE)(?=[(:])/gm,
  );
  return [...methods].map(([, method = '']) => `${method.toLowerCase()} ${named}`);
}

test('every route and method is in it, and nothing else', () => {
  const files = globSync('app/**/route.ts').filter((file) => !file.includes('[[...'));
  expect(files.length).toBeGreaterThan(25);
  const told = calls.map(({ address, method }) => `${method} ${address}`);
  expect(told.toSorted()).toEqual(files.flatMap(callsOf).toSorted());
});

test('every reference leads somewhere, and each operation has a name of its own', () => {
  const references = [
    ...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g),
  ];
  expect(references.length).toBeGreaterThan(100);
  const { schemas, headers } = document.components;
  for (const [, kind, name = ''] of references)
    expect(Object.keys(kind === 'schemas' ? schemas : headers)).toContain(name);
  expect(JSON.stringify(document)).not.toContain('$defs');
  const ids = calls.map(({ call }) => call.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every kind of error is a response of some call, and each response has the request id', () => {
  const responses = calls.flatMap(({ call }) => Object.values(call.responses));
  for (const { headers } of responses) expect(headers).toHaveProperty(['X-Request-ID']);
  const kinds = responses.flatMap(({ description }) => description.split(', '));
  const known = Object.keys(STATUS).filter(
    (kind) => kind !== 'cut-short' && kind !== 'method-not-allowed',
  );
  expect(known.filter((kind) => !kinds.includes(kind))).toEqual([]);
});

const PLACE = 'https://ask.example/openapi.json';

test('its schemas compile', () => {
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addSchema({ $id: PLACE, ...document });
  for (const name of Object.keys(document.components.schemas))
    expect(ajv.compile({ $ref: `${PLACE}#/components/schemas/${name}` })).toBeTypeOf('function');
});
