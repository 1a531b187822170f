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

/** For a process that runs the middleware alone: it identifies people and keys by the database itself. */
export async function openMiddlewareStore(): Promise<void> {
  shareSignIns(async () => (await open()).signIns);
  shareKeys(async () => (await open()).keys);
  // Without a database each function counts for itself, and only those who have a sign-in or a key are refused.
  const { rates } = await open().catch(() => ({ rates: null }));
  shareCounts(rates);
}
