import { z } from 'zod';
import { REVISIONS_MAX } from '@/lib/sessions/memory/memory';
import { ABOUT_MAX } from '@/lib/sessions/about/about';
import { plainText } from '@/lib/sessions/text';
import type { Read } from './read-import';

const fileAbout = z
  .array(
    z.object({
      text: plainText.pipe(z.string().max(ABOUT_MAX)).nullable(),
      created_at: z.iso
        .datetime({ offset: true })
        .transform((text) => new Date(text))
        .refine((date) => date.getTime() >= 0),
    }),
  )
  .min(1)
  .max(REVISIONS_MAX);

/** Reads the history of a person's own text in a file of ours, and checks it. `title`: of one that is skipped. */
export const readOwnAbout =
  (title: string) =>
  (value: unknown): Read => {
    const read = fileAbout.safeParse(value);
    if (!read.success) return { skipped: 'invalid', id: null, title };
    return { about: read.data.map(({ text, created_at: createdAt }) => ({ text, createdAt })) };
  };
