import { z } from 'zod';

/** `link`: an invitation's token. `connect`: to the account of the person who is signed in, whose password is `current`. */
export const beginAtProviderInput = z.object({
  next: z.string().max(2000).optional(),
  link: z.string().max(200).optional(),
  connect: z.boolean().optional(),
  current: z.string().max(1000).optional(),
});
