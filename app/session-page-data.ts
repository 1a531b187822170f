import 'server-only';
import { cache } from 'react';
import type { FailedTurn, StoredEnd } from '@/lib/chat/turn/turn';
import { nullIfNotFound, retryAfterOf } from '@/lib/errors';
import { pageFailure } from '@/lib/public-failure';
import { withSentence } from '@/lib/texts/person-sentence';
import { readForPage } from '@/lib/http/identity/page-identity';
import { weightOf } from '@/lib/reply/parts';
import { plainId } from '@/lib/sessions/id';
import type { Message } from '@/lib/sessions/message';
import { newestWithin } from '@/lib/sessions/newest-within';
import type { SessionSummary } from '@/lib/sessions/session';
import type {
  ListedSession,
  MessagePage,
  PageFacts,
  PageFailedTurn,
  PageMessage,
  SessionPage,
} from '@/lib/page/session-page';
import { tokenUse } from '@/lib/page/token-use';
import { services } from './composition';
import type { Translation } from '@/lib/texts/translations';
import { pageTexts } from '@/lib/http/identity/asked-language';

/** The limits of one page of messages, whichever is reached first; characters are UTF-16 units. */
const MESSAGES = { count: 50, characters: 200_000 };
const FAILED = { count: 20, characters: 100_000 };

/** A session for its page, as serializable values; null if unknown. */
export const sessionPage = cache(async (id: string): Promise<SessionPage | null> => {
  const translation = await pageTexts();
  return readForPage(({ owner }) => sessionPageOf(translation, owner, plainId(id)));
});

export async function sessionPageOf(
  translation: Translation,
  owner: string,
  id: string,
): Promise<SessionPage | null> {
  const { store, catalogue } = await services();
  const session = await store.sessions.get(owner, id).catch(nullIfNotFound);
  if (!session) return null;
  const sessionId = session.id;
  // Read before and after the messages: a turn that begins or ends in between counts as running instead of being missed.
  const before = await store.branches.running(owner, sessionId);
  const [messages, failed] = await Promise.all([
    messagePage(translation, owner, sessionId),
    store.turns.failedIn(owner, sessionId),
  ]);
  const after = await store.branches.running(owner, sessionId);
  const modelName = messages.messages.findLast(({ facts }) => facts?.model)?.facts?.model;
  const window = modelName ? catalogue.contextTokens(modelName) : null;
  return {
    ...listed(session),
    version: session.version,
    model: session.model,
    ...messages,
    running: [...new Set([...before, ...after])],
    failed: newestWithin(failed, ({ text }) => text.length, FAILED).map((turn) =>
      pageFailedTurn(translation, turn),
    ),
    tokens: tokenUse(session, window),
  };
}

/** The newest messages, or those before the message `before`. */
export async function messagePage(
  translation: Translation,
  owner: string,
  sessionId: string,
  before?: string,
): Promise<MessagePage> {
  const { store } = await services();
  const limit = MESSAGES.count + 1;
  const read = await store.messages.branch({ owner, sessionId, limit, before });
  const messages = newestWithin(read, weightOf, MESSAGES);
  const replies = messages.flatMap(({ role, turn }) => (role === 'user' || !turn ? [] : [turn]));
  const [ended, places] = await Promise.all([
    store.turns.endsOf(owner, replies),
    store.branches.places(messages),
  ]);
  const ends = new Map(ended.map((end) => [end.requestId, end]));
  return {
    messages: messages.map((message) => {
      const place = places.get(message.id);
      return {
        ...pageMessage(translation, message, ends.get(message.turn ?? '')),
        ...(place && { place }),
      };
    }),
    hasEarlier: messages.length < read.length,
  };
}

function pageMessage(translation: Translation, stored: Message, end?: StoredEnd): PageMessage {
  const { id, role, content, parts, state, turn, thoughtMs } = stored;
  const shown = state === 'running' ? 'interrupted' : state;
  const facts = pageFacts(stored);
  const message = {
    id,
    role,
    content,
    turn,
    state: shown,
    ...(role === 'user' && { parent: stored.parent }),
    ...(parts && { parts }),
    ...(facts && { facts }),
    ...(thoughtMs && { thoughtMs }),
  } as const;
  if (role === 'user' || !end) return message;
  const { failure, omitted } = end;
  const cut = shown === 'interrupted' && failure;
  return {
    ...message,
    ...(cut && { cut: withSentence(translation, pageFailure(cut)) }),
    ...(omitted && { omitted }),
  };
}

function pageFacts({ role, ...message }: Message): PageFacts | null {
  const { model, tokens, usage, firstTokenMs, totalMs, finish, createdAt } = message;
  if (role === 'user') return null;
  return {
    model,
    tokens,
    promptTokens: usage?.prompt_tokens ?? null,
    firstTokenMs,
    totalMs,
    finish,
    writtenAt: createdAt.toISOString(),
  };
}

function pageFailedTurn(
  translation: Translation,
  { requestId, text, failure, endedAt }: FailedTurn,
): PageFailedTurn {
  const wait = (retryAfterOf(failure) ?? 0) * 1000;
  const left = (endedAt?.getTime() ?? 0) + wait - Date.now();
  return {
    requestId,
    text,
    failure: withSentence(translation, pageFailure(failure)),
    ...(left > 0 && { retryInMs: left }),
  };
}

export const listed = ({
  id,
  title,
  opening,
  lastActivity,
  pinnedAt,
  archivedAt,
  tags,
}: SessionSummary): ListedSession => ({
  id,
  title,
  opening,
  lastActivity: lastActivity.toISOString(),
  ...(pinnedAt && { pinnedAt: pinnedAt.toISOString() }),
  ...(archivedAt && { archivedAt: archivedAt.toISOString() }),
  ...(tags.length > 0 && { tags }),
});
