import { entriesOf, partsOf } from '@/lib/reply/parts';
import { jsonPieces } from './json-pieces';
import type { Usage } from '@/lib/ports/model';
import { FILE_FORMAT, FILE_VERSION } from './file-format';
import type { MemoryRevision } from '@/lib/sessions/memory/memory';
import type { AboutRevision } from '@/lib/sessions/about/about';
import { pinnedLines } from '@/lib/sessions/memory/pinned-text';
import type { Message } from '@/lib/sessions/message';
import { isoTime } from '@/lib/sessions/present';
import type { Session } from '@/lib/sessions/session';

/** A session with all its data. Its messages come in pages, so that they are never in memory at once. */
export interface WholeSession {
  readonly session: Session;
  /** Oldest first. */
  readonly revisions: readonly MemoryRevision[];
  /** All branches, in order, without replies being written. */
  readonly pages: AsyncIterable<readonly Message[]>;
}

/**
 * The file that `fileSession` describes: a header, with the history of the person's own text if there is one, oldest
 * first, and then each session.
 */
export async function* exportSessions(
  sessions: AsyncIterable<WholeSession> | Iterable<WholeSession>,
  exportedAt: Date,
  about: readonly AboutRevision[] = [],
): AsyncGenerator<string> {
  const head = {
    format: FILE_FORMAT,
    version: FILE_VERSION,
    exported_at: isoTime(exportedAt),
    ...(about.length > 0 && {
      about_revisions: about.map(({ text, createdAt }) => ({
        text,
        created_at: isoTime(createdAt),
      })),
    }),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"sessions":[`;
  let before = '\n';
  for await (const { session, revisions, pages } of sessions) {
    yield before;
    yield* jsonPieces(presentWhole(session, revisions), 'messages', pages, presentFileMessage);
    before = ',\n';
  }
  yield '\n]}\n';
}

const presentWhole = (session: Session, revisions: readonly MemoryRevision[]) => ({
  id: session.id,
  title: session.title,
  memory: session.memory,
  memory_pinned: pinnedLines(session.memoryPinned),
  memory_enabled: session.memoryEnabled,
  forgotten_seq: session.forgottenSeq,
  system_prompt: session.systemPrompt,
  model: session.model,
  temperature: session.temperature,
  max_tokens: session.maxTokens,
  pinned_at: session.pinnedAt && isoTime(session.pinnedAt),
  archived_at: session.archivedAt && isoTime(session.archivedAt),
  tags: [...session.tags],
  head: session.head,
  tokens: session.tokens,
  context_tokens: session.contextTokens,
  created_at: isoTime(session.createdAt),
  updated_at: isoTime(session.updatedAt),
  last_activity: isoTime(session.lastActivity),
  memory_revisions: revisions.map(({ id, text, author, turn, createdAt }) => ({
    id,
    text,
    author,
    turn,
    created_at: isoTime(createdAt),
  })),
});

const presentFileMessage = (message: Message) => ({
  id: message.id,
  parent: message.parent,
  seq: message.seq,
  role: message.role,
  content: message.content,
  parts: message.parts && partsOf(entriesOf(message)),
  state: message.state,
  finish: message.finish,
  model: message.model,
  tokens: message.tokens,
  usage: message.usage && presentUsage(message.usage),
  first_token_ms: message.firstTokenMs,
  total_ms: message.totalMs,
  thought_ms: message.thoughtMs,
  turn: message.turn,
  created_at: isoTime(message.createdAt),
});

/** In one order: PostgreSQL stores the keys in its own. */
const presentUsage = ({ prompt_tokens, completion_tokens, total_tokens }: Usage) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens,
});
