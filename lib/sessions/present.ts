import { entriesOf, presentParts } from '@/lib/reply/parts';
import type { Message } from './message';
import type { Session, SessionSettings, SessionSummary } from './session';

/** ISO 8601 in UTC with a numeric offset, the API's format for times. */
export const isoTime = (time: Date): string => time.toISOString().replace('Z', '+00:00');

/** API shapes; their keys are the contract. */
export const presentSummary = ({
  id,
  title,
  createdAt,
  lastActivity,
  ...more
}: SessionSummary) => ({
  id,
  title,
  created_at: isoTime(createdAt),
  last_activity: isoTime(lastActivity),
  ...presentOrder(more),
});

/** Only those that are set: any other session is as it always was. */
const presentOrder = ({
  pinnedAt,
  archivedAt,
  deletedAt,
  tags,
}: Pick<SessionSummary, 'pinnedAt' | 'archivedAt' | 'deletedAt' | 'tags'>) => ({
  ...(pinnedAt && { pinned_at: isoTime(pinnedAt) }),
  ...(archivedAt && { archived_at: isoTime(archivedAt) }),
  ...(deletedAt && { deleted_at: isoTime(deletedAt) }),
  ...(tags.length > 0 && { tags }),
});

export const presentSession = ({ id, title, createdAt, updatedAt, ...more }: Session) => ({
  id,
  title,
  created_at: isoTime(createdAt),
  updated_at: isoTime(updatedAt),
  ...presentOrder(more),
});

/** For a reply that did not complete: its `state`, and the `request_id` to continue it. */
export const presentMessage = (message: Message) => ({
  id: message.id,
  role: message.role,
  content: message.content,
  tokens: message.tokens,
  created_at: isoTime(message.createdAt),
  ...(message.state !== 'complete' && { state: message.state, request_id: message.turn }),
  ...presentFacts(message),
  ...presentReasoned(message),
});

/** The facts of a reply that are known. */
const presentFacts = ({ model, usage, firstTokenMs, totalMs, thoughtMs }: Message) => ({
  ...(model !== null && { model }),
  ...(usage && { usage }),
  ...(firstTokenMs !== null && { first_token_ms: firstTokenMs }),
  ...(totalMs !== null && { total_ms: totalMs }),
  ...(thoughtMs !== null && { thought_ms: thoughtMs }),
});

/** Only where a reply holds more than text, or was cut short: any other is as it always was. */
export const presentReasoned = ({ content, parts, finish }: Message) => ({
  ...(finish && { finish }),
  ...presentParts(entriesOf({ content, parts })),
});

export const presentSettings = ({
  systemPrompt,
  model,
  temperature,
  maxTokens,
}: SessionSettings) => ({
  system_prompt: systemPrompt,
  model,
  temperature,
  max_tokens: maxTokens,
});
