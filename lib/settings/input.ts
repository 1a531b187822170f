import { z } from 'zod';
import { SETTING_NAMES, type SettingName } from '@/lib/env/changeable';
import { fields } from '@/lib/texts/api-fields';

const VALUE_MAX = 16_000;

const value = z
  .string(fields.stringOrNull)
  .max(VALUE_MAX, fields.longest(VALUE_MAX))
  .refine((text) => !text.includes('\u0000'), fields.noNul)
  .nullable()
  .transform((text) => text?.trim() || null)
  .optional();

/** New values by the names of their variables; null or blank: the default again. */
export const settingsInput = z.strictObject(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, value])) as Record<
    SettingName,
    typeof value
  >,
);
