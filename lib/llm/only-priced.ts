import { AppError } from '@/lib/errors';
import type { Model, ModelCatalogue } from '@/lib/ports/model';

/** Asks no model without a price, which a budget in money could not count. Throws `forbidden`. */
export function onlyPriced(
  model: Model,
  { list, priceOf }: Pick<ModelCatalogue, 'list' | 'priceOf'>,
): Model {
  return {
    async stream(request) {
      const { model: name } = request;
      // The list may bring the price.
      if (priceOf(name) === null) await list();
      if (priceOf(name) === null) {
        const cause = new Error('a budget is in money, and the model has no price');
        throw new AppError({ kind: 'forbidden', reason: 'no-price', model: name }, { cause });
      }
      return model.stream(request);
    },
  };
}
