import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Schema } from './requests-of';

/** A call as the document tells it. */
export interface Told {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Promised>>;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
interface Promised {
  readonly headers: object;
  readonly content?: Content;
}

const PLACE = 'https://ask.example/openapi.json';

/** Headers that the document tells; others, such as those for security, are on all responses. */
const TOLD = /ratelimit|^x-request-id|^retry-after|^link$|^content-disposition|^www-authenticate/;

/** What is wrong with a response to a call, by this document; null: nothing. */
export function complaints(document: object) {
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addSchema({ $id: PLACE, ...document });
  const compiled = new Map<Schema, ValidateFunction>();

  const validatorOf = (schema: Schema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const placed = JSON.stringify(schema).replaceAll('"#/', `"${PLACE}#/`);
    const validate = ajv.compile(JSON.parse(placed) as object);
    compiled.set(schema, validate);
    return validate;
  };

  const ofBody = (text: string, content: Content, type: string): string | null => {
    if (!(type in content)) return `${type} is not told: ${text.slice(0, 500)}`;
    const schema = content[type]?.schema;
    if (!schema) return null;
    const validate = validatorOf(schema);
    if (validate(JSON.parse(text))) return null;
    return `${ajv.errorsText(validate.errors)}: ${text.slice(0, 500)}`;
  };

  return async ({ responses }: Told, response: Response): Promise<string | null> => {
    const { status } = response;
    const text = await response.text();
    const promised = responses[String(status)];
    if (!promised || status >= 500) return `${String(status)} ${text.slice(0, 500)}`;
    const known = Object.keys(promised.headers).map((name) => name.toLowerCase());
    const untold = [...response.headers.keys()].filter(
      (name) => TOLD.test(name) && !known.includes(name),
    );
    if (untold.length > 0) return `${String(status)} with ${untold.join(', ')}`;
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    return text === '' ? null : ofBody(text, promised.content ?? {}, type);
  };
}
