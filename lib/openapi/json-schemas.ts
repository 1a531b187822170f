import { z } from 'zod';

/** Turns zod schemas into the JSON schemas of one document, those with an id as its components. */
export interface JsonSchemas {
  of(schema: z.ZodType): object;
  readonly components: Readonly<Record<string, object>>;
}

/**
 * What is sent, before any transform. Checks that JSON Schema does not have, such as that a field goes with another,
 * are left out.
 */
export function jsonSchemas(): JsonSchemas {
  const components: Record<string, object> = {};
  return {
    components,
    of(schema) {
      const {
        $schema: _dialect,
        $defs = {},
        ...own
      } = z.toJSONSchema(schema, {
        io: 'input',
        unrepresentable: 'any',
      }) as Record<string, unknown> & { $defs?: Record<string, object> };
      for (const [name, definition] of Object.entries($defs))
        components[name] = relinked(definition);
      return relinked(own);
    },
  };
}

function relinked(schema: object): object {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as object;
}
