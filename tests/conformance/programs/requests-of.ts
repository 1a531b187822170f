import fc, { type Arbitrary } from 'fast-check';

/** A JSON schema as the document has it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** Values that a schema describes, for the parts of JSON Schema that the document uses. */
export function valuesOf(schema: Schema): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valuesOf));
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['any']);
  return fc.oneof(...types.map((type) => valuesOfType(type, schema)));
}

const ARRAY_MAX = 3;

const BY_TYPE: Readonly<Record<string, (schema: Schema) => Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum, maximum }) =>
    fc
      .maxSafeInteger()
      .map((value) => Math.min(maximum ?? value, Math.max(minimum ?? value, value))),
  number: ({ minimum: min = -1e9, maximum: max = 1e9 }) => fc.double({ min, max, noNaN: true }),
  string: ({ pattern, minLength = 0, maxLength = 20 }) =>
    pattern === undefined
      ? fc.string({ minLength, maxLength, unit: 'binary' })
      : fc.stringMatching(new RegExp(pattern)),
  array: ({ items, minItems = 0 }) =>
    fc.array(items ? valuesOf(items) : ANYTHING, {
      minLength: minItems,
      maxLength: minItems + ARRAY_MAX,
    }),
  object: fieldsOf,
};

const ANYTHING = fc.jsonValue({ maxDepth: 2 });

const valuesOfType = (type: string, schema: Schema): Arbitrary<unknown> =>
  BY_TYPE[type]?.(schema) ?? ANYTHING;

function fieldsOf({ properties = {}, required = [] }: Schema): Arbitrary<object> {
  const fields = Object.entries(properties).map(([name, each]) => [name, valuesOf(each)] as const);
  const requiredKeys = required.filter((name) => name in properties);
  return fc.record(Object.fromEntries(fields), { requiredKeys });
}

/** The same, or with one of its fields replaced by anything, or anything at all. */
export function almost(values: Arbitrary<unknown>): Arbitrary<unknown> {
  const spoilt = fc.tuple(values, fc.nat(), ANYTHING).map(([value, at, other]) => {
    if (typeof value !== 'object' || value === null) return other;
    const names = Object.keys(value);
    const name = names[at % Math.max(1, names.length)];
    return name === undefined ? other : { ...value, [name]: other };
  });
  return fc.oneof(
    { arbitrary: values, weight: 3 },
    { arbitrary: spoilt, weight: 2 },
    { arbitrary: ANYTHING, weight: 1 },
  );
}
