import { z } from 'zod';

const NAME_MAX = 60;
const FORM = 'must be such as “gpt-5=Clever; llama3=At home”, each model once';

/** How people read the names of models: `model=name`, separated by semicolons. */
export const modelNames = z
  .string()
  .transform((text, context): Readonly<Record<string, string>> => {
    const pairs = text
      .split(';')
      .filter((part) => part.trim() !== '')
      .map((part): [string, string] => {
        const at = part.indexOf('=');
        return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()];
      });
    const names = Object.fromEntries(pairs);
    if (pairs.some(([model, name]) => model === '' || name === '')) context.addIssue(FORM);
    else if (Object.keys(names).length < pairs.length) context.addIssue(FORM);
    else if (pairs.some(([, name]) => name.length > NAME_MAX))
      context.addIssue(`may have names of at most ${String(NAME_MAX)} characters`);
    return names;
  });
