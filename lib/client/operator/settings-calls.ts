import { requestJson } from '@/lib/client/net/call';

/** New values by the names of their variables; null: the default again. */
export const changeSettings = (values: Readonly<Record<string, string | null>>) =>
  requestJson<object>('/api/settings', { method: 'PATCH', body: values });
