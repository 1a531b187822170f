/**
 * What a key may do with its person's data. `chat`: send, watch and stop. `admin`: manage the person's keys. Power over
 * others is no scope: it is the role.
 */
export const SCOPES = ['chat', 'sessions:read', 'sessions:write', 'usage:read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** As they are stored. */
export const writeScopes = (scopes: readonly Scope[]): string => scopes.join(' ');

export const readScopes = (text: string): readonly Scope[] =>
  SCOPES.filter((scope) => text.split(' ').includes(scope));
