import type { LaterTexts } from '@/lib/texts/texts';
import { requestJson } from '@/lib/client/net/call';

/** New values by the names of their variables; null: the default again. */
export const changeSettings = (values: Readonly<Record<string, string | null>>) =>
  requestJson<object>('/api/settings', { method: 'PATCH', body: values });

/** One thing that the server looked at. */
export interface Finding {
  readonly area: keyof LaterTexts['operator']['doctor']['areas'];
  readonly level: keyof LaterTexts['operator']['doctor']['levels'];
  readonly says: string;
}

/** The server asks all others within half a minute. */
const EXAMINE_MS = 45_000;

export const examine = () =>
  requestJson<{ findings: Finding[] }>('/api/doctor', { method: 'POST', deadlineMs: EXAMINE_MS });
