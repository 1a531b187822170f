import type { z } from 'zod';
import { METHODS, type Call, type Calls, type Method } from './calls/call';
import { accountCalls } from './calls/accounts';
import { wayCalls } from './calls/ways';
import { aboutCalls } from './calls/about';
import { chatCalls } from './calls/chat';
import { completionCalls } from './calls/completions';
import { keyCalls } from './calls/keys';
import { memoryCalls } from './calls/memory';
import { otherCalls } from './calls/others';
import { settingCalls } from './calls/settings';
import { sessionCalls } from './calls/sessions';
import { usageCalls } from './calls/usage';
import { REQUEST_HEADERS, RESPONSE_HEADERS } from './headers';
import { jsonSchemas, type JsonSchemas } from './json-schemas';
import { responsesOf } from './responses';

interface About {
  readonly version: string;
  readonly memoryMaxChars: number;
}

/** Every call by what it belongs to, in the order in which people read them. */
const groupsOf = (memoryMaxChars: number): Readonly<Record<string, Calls>> => ({
  'OpenAI’s API': completionCalls,
  'Chat and search': chatCalls,
  Sessions: sessionCalls,
  Memory: memoryCalls(memoryMaxChars),
  'About me': aboutCalls,
  Usage: usageCalls,
  Keys: keyCalls,
  Accounts: { ...accountCalls, ...wayCalls },
  Server: settingCalls,
  Others: otherCalls,
});

/** The API as an OpenAPI 3.1 document. */
export function openapiDocument({ version, memoryMaxChars }: About) {
  const schemas = jsonSchemas();
  const paths: Record<string, Partial<Record<Method, object>>> = {};
  const groups = groupsOf(memoryMaxChars);
  for (const [tag, calls] of Object.entries(groups))
    for (const [path, methods] of Object.entries(calls))
      paths[path] = operationsOf(path, methods, { tag, schemas });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ask-Next',
      version,
      description: 'A chat app for large language models that you host yourself.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }, { person: [] }, { visitor: [] }],
    tags: Object.keys(groups).map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      headers: RESPONSE_HEADERS,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of API_KEYS or of a person' },
        person: { type: 'apiKey', in: 'cookie', name: '__Host-ask_sign_in' },
        visitor: { type: 'apiKey', in: 'cookie', name: '__Host-ask_owner' },
      },
    },
  };
}

interface Place {
  readonly tag: string;
  readonly schemas: JsonSchemas;
}

const operationsOf = (path: string, methods: Calls[string], place: Place) =>
  Object.fromEntries(
    METHODS.flatMap((method) => {
      const call = methods[method];
      return call ? [[method, operation(path, method, call, place)]] : [];
    }),
  ) as Partial<Record<Method, object>>;

function operation(path: string, method: Method, call: Call, { tag, schemas }: Place): object {
  const { title, description, query, headers = [], body, bodyOptional = false } = call;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1 },
  }));
  const inHeader = headers.map((name) => ({ name, in: 'header', ...REQUEST_HEADERS[name] }));
  const parameters = [...inPath, ...(query ? inQuery(query, schemas) : []), ...inHeader];
  return {
    operationId: `${method}${path.replaceAll(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary: title,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: !bodyOptional, content: contentOf(body, schemas) } }),
    responses: responsesOf(path, call, schemas),
  };
}

const contentOf = (body: z.ZodType | 'file', schemas: JsonSchemas): object =>
  body === 'file'
    ? { 'application/octet-stream': {} }
    : { 'application/json': { schema: schemas.of(body) } };

function inQuery(query: z.ZodType, schemas: JsonSchemas): object[] {
  const { properties = {}, required = [] } = schemas.of(query) as {
    properties?: Record<string, { description?: string }>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    ...(description !== undefined && { description }),
    schema,
  }));
}
