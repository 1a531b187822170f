import type { ListedLink, ListedPerson, ListedSignIn } from '@/lib/accounts/account-store';
import type { Person } from '@/lib/accounts/person';
import type { Way } from '@/lib/accounts/ways/way';
import type { ListedPasskey } from '@/lib/accounts/ways/way-store';

/** `own`: the hash of the token of the browser that asks. */
export const presentSignIn =
  (own: string | null) =>
  ({ id, device, createdAt, seenAt, tokenHash }: ListedSignIn) => ({
    id,
    device,
    created_at: createdAt.toISOString(),
    last_seen_at: seenAt.toISOString(),
    current: tokenHash === own,
  });

export const presentPerson = ({ id, name, role, createdAt, disabledAt }: Person) => ({
  id,
  name,
  role,
  created_at: createdAt.toISOString(),
  disabled_at: disabledAt?.toISOString() ?? null,
});

export const presentListedPerson = (person: ListedPerson, ways: readonly Way[]) => ({
  ...presentPerson(person),
  ways,
  last_seen_at: person.seenAt?.toISOString() ?? null,
});

export const presentPasskey = ({ id, name, createdAt, usedAt }: ListedPasskey) => ({
  id,
  name,
  created_at: createdAt.toISOString(),
  last_used_at: usedAt?.toISOString() ?? null,
});

export const presentLink = ({ id, kind, personId, note, endsAt }: ListedLink) => ({
  id,
  kind,
  person: personId,
  note,
  ends_at: endsAt.toISOString(),
});
