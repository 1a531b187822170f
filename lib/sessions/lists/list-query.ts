import { z } from 'zod';
import { limit, SORTS, tag, type ListName } from '@/lib/sessions/session';
import { plainText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';

const MODEL_MAX = 256;

const flag = z.literal('1', fields.one).optional();

const LISTS = ['pinned', 'archived', 'deleted'] as const satisfies readonly ListName[];
const namedLists = (query: Partial<Record<(typeof LISTS)[number], string | undefined>>) =>
  LISTS.filter((name) => query[name] === '1');

/** Which part of a list, in which order. Pages of the app and of the API have it in their address. */
const filters = {
  sort: z.enum(SORTS, fields.oneOf(SORTS, 0)).optional(),
  tag: tag.optional(),
  model: plainText
    .pipe(z.string().min(1, fields.notEmpty).max(MODEL_MAX, fields.longest(MODEL_MAX)))
    .optional(),
};

export const listSessionsQuery = z
  .object({
    limit: limit.max(500, fields.atMost(500)).default(500),
    cursor: z.string().optional(),
    pinned: z.enum(['0', '1'], fields.zeroOrOne).optional(),
    archived: flag,
    deleted: flag,
    ...filters,
  })
  .refine((query) => namedLists(query).length <= 1, { path: ['deleted'], message: fields.oneList })
  .transform(({ pinned, archived, deleted, ...query }) => ({
    ...query,
    list: namedLists({ pinned, archived, deleted })[0] ?? ('current' as const),
    ...(pinned === '0' && { pinned: false as const }),
  }));

/** Of a page's address: what makes no sense is left out, because a person may have typed it. */
export const listFilters = z.object({
  sort: filters.sort.catch(undefined),
  tag: filters.tag.catch(undefined),
  model: filters.model.catch(undefined),
});
