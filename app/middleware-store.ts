import 'server-only';
import { openCredentials, type Credentials } from '@/db/credentials';
import { env } from '@/lib/env';
import { shareSignIns } from '@/lib/http/identity/signed-in';
import { shareKeys } from '@/lib/http/keys/stored-key';
import { shareCounts } from '@/lib/http/rate-limit/shared-counts';

let opening: Promise<Credentials> | null = null;

const open = (): Promise<Credentials> =>
  (opening ??= openCredentials(env().DATABASE).catch((cause: unknown) => {
    opening = null;
    throw cause;
  }));

async function sharedRates(): Promise<NonNullable<Credentials['rates']>> {
  const { rates } = await open();
  if (!rates) throw new Error('This database has no shared counts');
  return rates;
}

/** For a process that runs the middleware alone: it identifies people and keys by the database itself. */
export function openMiddlewareStore(): void {
  shareSignIns(async () => (await open()).signIns);
  shareKeys(async () => (await open()).keys);
  // While the database is away each function counts for itself, and only those who have a sign-in or a key are refused.
  shareCounts({ count: async (windows) => (await sharedRates()).count(windows) });
}
