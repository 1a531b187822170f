import 'server-only';
import { invalidFields, unavailable, type AppError } from '@/lib/errors';
import type { Services } from '@/app/composition';
import { fields } from '@/lib/texts/api-fields';

type ModelList = Awaited<ReturnType<Services['catalogue']['list']>>;

/** Throws when a model is not on the list. */
export function checkModel(model: string | undefined, { models, guessed }: ModelList): string {
  if (model !== undefined && models.includes(model)) return model;
  // It may well be one that the upstream has.
  throw guessed ? unavailable('model') : unknownModel(models);
}

/** The error names this many models at most: a gateway may list hundreds. */
const NAMED_MAX = 20;

function unknownModel(models: readonly string[]): AppError {
  const msg = fields.oneOf(models.slice(0, NAMED_MAX), models.length - NAMED_MAX);
  return invalidFields([{ loc: ['model'], msg, type: 'enum' }]);
}
