import { z } from 'zod';
import { codePoints } from '@/lib/sessions/message-length';
import { plainText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';
import { TAG_MAX, TAGS_MAX, tidyTag, withoutDoubles } from './tags';

export const tag = plainText
  .transform(tidyTag)
  .refine((text) => text !== '', fields.notEmpty)
  .refine((text) => codePoints(text) <= TAG_MAX, fields.longest(TAG_MAX));

/** All tags of a session. */
export const tags = z
  .array(tag, fields.listOfTags)
  .transform(withoutDoubles)
  .refine((list) => list.length <= TAGS_MAX, fields.mostTags(TAGS_MAX));
