import { z } from 'zod';
import { plainText, trimmedText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';

export const ROLES_OF_PEOPLE = ['member', 'operator'] as const;
export type Role = (typeof ROLES_OF_PEOPLE)[number];

/** `invitation`: makes an account. `reset`: sets a new password. `device`: signs in on another device. */
export const LINK_KINDS = ['invitation', 'reset', 'device'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  /** Since then the account cannot be used; null: it can. */
  readonly disabledAt: Date | null;
}

const NAME_MAX = 200;
export const PASSWORD_MIN = 8;
/** A hash of a longer text would only cost time. */
const PASSWORD_MAX = 1000;

/** The name as it is compared: `Ann@Example.com` and `ann@example.com` are one account. */
export const loginOf = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Control and format characters would make two names look the same. */
const isPlain = (name: string): boolean => !/[\p{C}\p{Zl}\p{Zp}]/u.test(name);

export const newPersonName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'Enter a name or an e-mail address')
      .max(NAME_MAX, `The name may have at most ${String(NAME_MAX)} characters`)
      .refine(isPlain, 'The name has characters that cannot be seen. Type it again'),
  );

/** Not trimmed and without other rules: what a password manager makes up is accepted as it is. */
const newPassword = z
  .string()
  .min(PASSWORD_MIN, `The password needs at least ${String(PASSWORD_MIN)} characters`)
  .max(PASSWORD_MAX, `The password may have at most ${String(PASSWORD_MAX)} characters`);

const token = z.string().max(200);

export const signUpInput = z.object({
  name: newPersonName,
  password: newPassword,
  link: token.optional(),
});

export const signInInput = z.object({
  name: plainText.pipe(z.string().max(1000)),
  password: z.string().max(PASSWORD_MAX),
});

export const changePasswordInput = z.object({
  password: newPassword,
  current: z.string().max(PASSWORD_MAX),
});

/** `password`: for a link of the kind `reset`. */
export const openLinkInput = z.object({ link: token, password: newPassword.optional() });

export const newLinkInput = z.object({
  kind: z.enum(LINK_KINDS),
  person: z.string().max(100).optional(),
  note: trimmedText.pipe(z.string().max(NAME_MAX)).optional(),
});

export const editPersonInput = z
  .object({ role: z.enum(ROLES_OF_PEOPLE).optional(), disabled: z.boolean().optional() })
  .refine(({ role, disabled }) => role !== undefined || disabled !== undefined, {
    path: ['role'],
    message: fields.personChange,
  });
