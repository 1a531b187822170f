import { z } from 'zod';
import { fields } from '@/lib/texts/api-fields';

/** Text that any database can store: no U+0000, and lone surrogates replaced. */
export const plainText = z
  .string(fields.string)
  .refine((text) => !text.includes('\u0000'), fields.noNul)
  .transform((text) => text.toWellFormed());

export const trimmedText = plainText.transform((text) => text.trim());
