import { z } from 'zod';

/** Text that any database can hold: without U+0000, and with half surrogate pairs replaced. */
export const plainText = z
  .string('Must be a string')
  .refine((text) => !text.includes('\u0000'), 'Must not contain the character U+0000')
  .transform((text) => text.toWellFormed());

export const trimmedText = plainText.transform((text) => text.trim());
