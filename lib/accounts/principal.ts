import { z } from 'zod';
import { AppError } from '@/lib/errors';

/** Longer than `key:` and the longest name of a key. */
const OWNER_MAX = 200;

const scope = z.enum(['chat', 'sessions:read', 'sessions:write', 'usage:read', 'admin']);

/** Who makes a request: whose data it concerns, and what it may do with it. */
export const principalSchema = z.strictObject({
  owner: z.string().min(1).max(OWNER_MAX),
  kind: z.enum(['visitor', 'user', 'key']),
  scopes: z.array(scope).max(scope.options.length).readonly(),
  role: z.enum(['member', 'operator']),
});

export type Principal = Readonly<z.infer<typeof principalSchema>>;

/** Everything that one's own data needs. */
const OWN_DATA: Principal['scopes'] = ['chat', 'sessions:read', 'sessions:write', 'usage:read'];

/** An owner with a name has its kind before a colon; a visitor's id, a UUID, has none. */
const KEY = 'key:';
const USER = 'user:';

export const visitor = (id: string): Principal => ({
  owner: id,
  kind: 'visitor',
  scopes: OWN_DATA,
  role: 'member',
});

/** The owner of what a person's account has. */
export const ownerOfPerson = (id: string): string => USER + id;

/** A person who is signed in. */
export const user = (id: string, role: Principal['role']): Principal => ({
  owner: ownerOfPerson(id),
  kind: 'user',
  scopes: role === 'operator' ? [...OWN_DATA, 'admin'] : OWN_DATA,
  role,
});

/** The id of the principal's account. Throws `unauthenticated` without one. */
export function personOf({ kind, owner }: Principal): string {
  if (kind !== 'user') throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
  return owner.slice(USER.length);
}

/** The same for an operator. Throws `forbidden` for others. */
export function operatorOf(principal: Principal): string {
  const id = personOf(principal);
  if (principal.role !== 'operator') throw new AppError({ kind: 'forbidden', reason: 'operator' });
  return id;
}

/** The holder of the API key with this name. */
export const keyHolder = (name: string): Principal => ({
  owner: KEY + name,
  kind: 'key',
  scopes: OWN_DATA,
  role: 'member',
});

/** The name of the principal's API key; null without one. */
export const keyNameOf = ({ kind, owner }: Principal): string | null =>
  kind === 'key' ? owner.slice(KEY.length) : null;
