import { z } from 'zod';
import { plainId } from '@/lib/sessions/id';
import { tag } from '@/lib/sessions/session';
import { fields } from '@/lib/texts/api-fields';

/** The most sessions of one call: as many as a page of the list can show. */
const BULK_MAX = 200;

const ACTIONS = [
  'delete',
  'restore',
  'delete-permanently',
  'archive',
  'unarchive',
  'pin',
  'unpin',
  'tag',
] as const;

const id = z.string(fields.string).transform(plainId);

/** Each id once. */
const ids = z
  .array(id, fields.listOfIds)
  .min(1, fields.notEmpty)
  .max(BULK_MAX, fields.mostIds(BULK_MAX))
  .transform((list) => [...new Set(list)]);

/** Which sessions to export. */
export const exportedIds = z.object({ ids });

const someTags = z
  .array(tag, fields.listOfTags)
  .max(BULK_MAX, fields.mostTags(BULK_MAX))
  .default([]);

export const bulkInput = z
  .object({
    ids,
    action: z.enum(ACTIONS, fields.oneOf(ACTIONS, 0)),
    add: someTags,
    remove: someTags,
  })
  .refine(({ action, add, remove }) => action !== 'tag' || add.length + remove.length > 0, {
    path: ['add'],
    message: fields.whichTags,
  });
