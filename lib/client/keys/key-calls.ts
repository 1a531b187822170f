import type { presentKey } from '@/lib/accounts/keys/key';
import type { Scope } from '@/lib/accounts/scopes';
import { requestJson } from '@/lib/client/net/call';

/** As the server writes it. */
export type StoredKey = ReturnType<typeof presentKey>;

export interface NewKeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601; null: it does not end. */
  readonly expires_at: string | null;
}

const AT = '/api/keys';

export const readKeys = () => requestJson<readonly StoredKey[]>(AT);

/** `key`: the secret, which no other answer has. */
export const createKey = (body: NewKeyRequest) =>
  requestJson<StoredKey & { readonly key: string }>(AT, { method: 'POST', body });

export const revokeKey = (id: string) =>
  requestJson<null>(`${AT}/${encodeURIComponent(id)}`, { method: 'DELETE' });
