import type { UpstreamReason } from '@/lib/errors';
import { requestJson } from './call';

type Connection =
  | { readonly state: 'demo' }
  | { readonly state: 'ok'; readonly model: string; readonly ms: number }
  | { readonly state: 'failed'; readonly model: string; readonly reason: UpstreamReason | null };

/** A model may have to be loaded first. */
const DEADLINE_MS = 120_000;

/** Checks what the server is configured with. */
export const testConnection = () =>
  requestJson<Connection>('/api/connection', { method: 'POST', deadlineMs: DEADLINE_MS });
