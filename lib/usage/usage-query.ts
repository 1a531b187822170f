import { z } from 'zod';
import { fields } from '@/lib/texts/api-fields';
import { daysBefore, dayOf } from './days';
import { GROUPS } from './usage-store';

/** The longest range: as long as sums are kept. */
const DAYS_MAX = 800;
/** Without dates: the last so many days. */
const DAYS = 30;

const FORMATS = ['json', 'csv'] as const;
const WHOSE = ['mine', 'everyone'] as const;

const day = z.string(fields.day).refine(isDay, fields.day);

function isDay(text: string): boolean {
  // Other years can be written, but no database sorts them.
  if (!/^(?:19[7-9]|[2-9]\d\d)\d-/.test(text)) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && dayOf(time) === text;
}

/** The parameters of a request for usage. `now`: its day ends the range unless another is named. */
export const usageQuery = (now: Date) =>
  z
    .object({
      from: day.optional(),
      to: day.optional(),
      by: z.enum(GROUPS, fields.oneOf(GROUPS, 0)).default('day'),
      whose: z.enum(WHOSE, fields.oneOf(WHOSE, 0)).default('mine'),
      format: z.enum(FORMATS, fields.oneOf(FORMATS, 0)).default('json'),
    })
    .transform(({ from, to = dayOf(now), ...rest }) => ({
      ...rest,
      to,
      from: from ?? daysBefore(new Date(to), DAYS - 1),
    }))
    .superRefine(({ from, to }, context) => {
      const demand = (message: string) => {
        context.addIssue({ code: 'custom', path: ['from'], message });
      };
      if (from > to) demand(fields.notAfterTo);
      else if (from < daysBefore(new Date(to), DAYS_MAX - 1)) demand(fields.mostDays(DAYS_MAX));
    });

export type UsageQuery = z.infer<ReturnType<typeof usageQuery>>;
