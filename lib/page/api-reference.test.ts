import { expect, test } from 'vitest';
import { apiReference } from './api-reference';

const ok = {
  description: 'A thing',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
};

test('calls stand in their groups, with the fields of each form of their body', () => {
  const operation = {
    operationId: 'putThing',
    tags: ['Things'],
    summary: 'Put a thing',
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    requestBody: {
      content: {
        'application/json': {
          schema: {
            anyOf: [
              { type: 'object', properties: { a: { enum: ['x', 'y'] } }, required: ['a'] },
              { type: 'object', properties: { b: { type: 'array', items: { type: 'integer' } } } },
            ],
          },
        },
      },
    },
    responses: { '200': ok },
  };
  const { groups, shapes } = apiReference({
    tags: [{ name: 'Others' }, { name: 'Things' }],
    paths: { '/things/{id}': { put: operation } },
    components: {
      schemas: {
        Thing: {
          description: 'It',
          type: 'object',
          properties: { c: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
        },
      },
    },
  });
  expect(groups.map(({ name, calls }) => [name, calls.length])).toEqual([
    ['Others', 0],
    ['Things', 1],
  ]);
  const field = (name: string, type: string, isRequired: boolean) => ({
    name,
    type,
    isRequired,
    about: null,
  });
  expect(groups[1]?.calls[0]).toEqual({
    id: 'putThing',
    method: 'PUT',
    path: '/things/{id}',
    title: 'Put a thing',
    about: null,
    parameters: [field('id', 'string', true)],
    bodies: [[field('a', '"x" | "y"', true)], [field('b', 'list of integer', false)]],
    answers: [{ status: '200', about: 'A thing', type: 'application/json', shape: 'Thing' }],
  });
  expect(shapes).toEqual([
    { name: 'Thing', about: 'It', forms: [[field('c', 'number | null', false)]] },
  ]);
});
