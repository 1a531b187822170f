import type { presentPrompt } from '@/lib/chat/turn/present-prompt';
import { sessionPath } from './api';
import { requestJson } from './call';

export type SentPrompt = NonNullable<ReturnType<typeof presentPrompt>>;

/** What the model saw for a reply; several requests where it was continued. */
export const readPrompt = (id: string, messageId: string) =>
  requestJson<{ requests: readonly SentPrompt[] }>(
    sessionPath(id, `/messages/${encodeURIComponent(messageId)}/prompt`),
  );
