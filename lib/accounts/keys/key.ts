import { z } from 'zod';
import { SCOPES, type Scope } from '@/lib/accounts/scopes';
import { isoTime } from '@/lib/sessions/present';
import { trimmedText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';

/** The most keys of one person. */
export const KEYS_MAX = 100;
const NAME_MAX = 64;

/** A key of a person, without the secret. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  /** Null: it does not end. */
  readonly expiresAt: Date | null;
  /** Accurate to a minute; null: never. */
  readonly lastUsedAt: Date | null;
}

/** The body of a new key. `now`: an end must be later. */
export const createKeyInput = (now: Date) =>
  z.object({
    name: trimmedText.pipe(
      z.string().min(1, fields.notEmpty).max(NAME_MAX, fields.longest(NAME_MAX)),
    ),
    scopes: z
      .array(z.enum(SCOPES, fields.oneOf(SCOPES, 0)), fields.listOfScopes)
      .min(1, fields.listOfScopes)
      .transform((given) => SCOPES.filter((scope) => given.includes(scope))),
    expires_at: z.iso
      .datetime({ offset: true, error: fields.keyEnd })
      .transform((text) => new Date(text))
      .refine((end) => end > now, fields.keyEnd)
      .nullish()
      .transform((end) => end ?? null),
  });

export type CreateKeyInput = z.infer<ReturnType<typeof createKeyInput>>;

export const presentKey = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: ApiKey) => ({
  id,
  name,
  scopes,
  created_at: isoTime(createdAt),
  expires_at: expiresAt && isoTime(expiresAt),
  last_used_at: lastUsedAt && isoTime(lastUsedAt),
});
