/** What the page about the API shows: an OpenAPI document in the order in which people read it. */
export interface ApiReference {
  readonly groups: readonly CallGroup[];
  readonly shapes: readonly Shape[];
}

export interface CallGroup {
  readonly name: string;
  readonly calls: readonly ShownCall[];
}

export interface ShownCall {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly title: string;
  readonly about: string | null;
  /** Of the path, the query and the headers. */
  readonly parameters: readonly Field[];
  /** The fields of the body, of each form that it may have. */
  readonly bodies: readonly (readonly Field[])[];
  readonly answers: readonly ShownAnswer[];
}

export interface ShownAnswer {
  readonly status: string;
  readonly about: string;
  readonly type: string;
  /** The name of a shape; null: none of its own. */
  readonly shape: string | null;
}

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly about: string | null;
}

export interface Shape {
  readonly name: string;
  readonly about: string | null;
  readonly forms: readonly (readonly Field[])[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Content }>
  >;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export function apiReference({ tags, paths, components }: Document): ApiReference {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operation: operation as Operation,
      method: method.toUpperCase(),
      path,
    })),
  );
  return {
    groups: tags.map(({ name }) => ({
      name,
      calls: operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map(({ operation, method, path }) => shownCall(operation, method, path)),
    })),
    shapes: Object.entries(components.schemas).map(([name, value]) => {
      const schema = value as Schema;
      return { name, about: schema.description ?? null, forms: formsOf(schema) };
    }),
  };
}

function shownCall(operation: Operation, method: string, path: string): ShownCall {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return {
    id: operationId,
    method,
    path,
    title: summary,
    about: description ?? null,
    parameters: parameters.map(({ name, schema, required = false, ...more }) => ({
      name,
      type: typeOf(schema),
      isRequired: required,
      about: more.description ?? null,
    })),
    bodies: Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
      schema ? formsOf(schema) : [],
    ),
    answers: Object.entries(responses).map(([status, { description: about, content = {} }]) => {
      const [first] = Object.values(content);
      return {
        status,
        about,
        type: Object.keys(content).join(', '),
        shape: first?.schema ? shapeIn(first.schema) : null,
      };
    }),
  };
}

const shapeIn = ({ $ref, items }: Schema): string | null => {
  const reference = $ref ?? items?.$ref;
  return reference === undefined ? null : nameIn(reference);
};

const nameIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

/** The fields of an object, or of each of several forms. */
function formsOf(schema: Schema): readonly (readonly Field[])[] {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return forms.flatMap(formsOf);
  const { properties, required = [] } = schema;
  if (!properties) return [];
  const fields = Object.entries(properties).map(([name, each]) => ({
    name,
    type: typeOf(each),
    isRequired: required.includes(name),
    about: each.description ?? null,
  }));
  return [fields];
}

/** A type in a few words. */
function typeOf(schema: Schema): string {
  if (schema.$ref) return nameIn(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return [...new Set(forms.map(typeOf))].join(' | ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return typeof schema.type === 'string' ? schema.type : (schema.type ?? ['any']).join(' | ');
}
