import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { SCOPES, type Scope } from './scopes';

/** Longer than `key:` and the longest name of a key. */
const OWNER_MAX = 200;

const scope = z.enum(SCOPES);

/** Who makes a request: whose data it concerns, and what it may do with it. */
export const principalSchema = z.strictObject({
  owner: z.string().min(1).max(OWNER_MAX),
  kind: z.enum(['visitor', 'user', 'key']),
  scopes: z.array(scope).max(scope.options.length).readonly(),
  role: z.enum(['member', 'operator']),
  /** The id of the stored key that the request came with. */
  keyId: z.uuid().optional(),
});

export type Principal = Readonly<z.infer<typeof principalSchema>>;

/** The scopes for an owner's own data. */
const OWN_DATA: readonly Scope[] = ['chat', 'sessions:read', 'sessions:write', 'usage:read'];

/** An owner with a name has its kind before a colon; a visitor's id, a UUID, has none. */
const KEY = 'key:';
export const PROXY_OWNER = 'proxy:';
const USER = 'user:';

export const visitor = (id: string, role: Principal['role'] = 'member'): Principal => ({
  owner: id,
  kind: 'visitor',
  scopes: OWN_DATA,
  role,
});

/** The owner of what a person's account has. */
export const ownerOfPerson = (id: string): string => USER + id;

/** The id of the account that an owner is; null for another owner. */
export const idOfPerson = (owner: string): string | null =>
  owner.startsWith(USER) ? owner.slice(USER.length) : null;

/** A person who is signed in. */
export const user = (id: string, role: Principal['role']): Principal => ({
  owner: ownerOfPerson(id),
  kind: 'user',
  scopes: SCOPES,
  role,
});

/** False for a person authenticated by a proxy. */
export const hasAccount = ({ kind, owner }: Principal): boolean =>
  kind === 'user' && owner.startsWith(USER);

/** The id of the principal's account. Throws `unauthenticated` without one. */
export function personOf(principal: Principal): string {
  if (!hasAccount(principal)) throw new AppError({ kind: 'unauthenticated', reason: 'sign-in' });
  return principal.owner.slice(USER.length);
}

/** Throws `forbidden` unless the principal is an operator, with or without an account. */
export function checkOperator({ role }: Principal): void {
  if (role !== 'operator') throw new AppError({ kind: 'forbidden', reason: 'operator' });
}

/** The id of an operator's account. Throws `forbidden` for others. */
export function operatorOf(principal: Principal): string {
  const id = personOf(principal);
  checkOperator(principal);
  return id;
}

/** The holder of the API key with this name. */
export const keyHolder = (name: string): Principal => ({
  owner: KEY + name,
  kind: 'key',
  scopes: OWN_DATA,
  role: 'member',
});

/** The name of the key of API_KEYS that an owner is; null for another owner. */
export const keyNameOfOwner = (owner: string): string | null =>
  owner.startsWith(KEY) ? owner.slice(KEY.length) : null;

/** The longest name of a person that a proxy may send. */
export const PROXY_NAME_MAX = OWNER_MAX - PROXY_OWNER.length;

/** The person whom the proxy authenticated under this name. */
export const proxyUser = (name: string, role: Principal['role'] = 'member'): Principal => ({
  owner: PROXY_OWNER + name,
  kind: 'user',
  scopes: SCOPES,
  role,
});

/** The holder of a stored key: its person, with the key's scopes. */
export const storedKeyHolder = (key: {
  readonly id: string;
  readonly owner: string;
  readonly scopes: readonly Scope[];
}): Principal => ({
  owner: key.owner,
  kind: 'key',
  scopes: key.scopes,
  role: 'member',
  keyId: key.id,
});

/** The name of the principal's key in API_KEYS; null without one. */
export const keyNameOf = ({ kind, owner }: Principal): string | null =>
  kind === 'key' ? keyNameOfOwner(owner) : null;
