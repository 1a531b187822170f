import { sessionPath, type StoredSettings } from '@/lib/client/net/api';
import { requestJson, type CallResult } from '@/lib/client/net/call';

/** The settings of a session, and the deployment's defaults. */
export async function readSettings(
  id: string,
): Promise<
  CallResult<{ settings: StoredSettings; models: readonly string[]; defaults: StoredSettings }>
> {
  const [session, list] = await Promise.all([
    requestJson<StoredSettings>(sessionPath(id, '?limit=1')),
    requestJson<{ models: readonly { id: string }[]; defaults: StoredSettings }>('/api/models'),
  ]);
  if (!session.ok) return session;
  if (!list.ok) return list;
  const { models, defaults } = list.value;
  return {
    ...session,
    value: { settings: session.value, models: models.map((model) => model.id), defaults },
  };
}
