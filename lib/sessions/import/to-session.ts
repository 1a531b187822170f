import { endOf, isWritten, type Entry } from '@/lib/reply/entry';
import { partsOf, storedReply } from '@/lib/reply/parts';
import type { FileMessage, FileSession } from '@/lib/sessions/export/session-file';
import { TITLE_MAX } from '@/lib/sessions/title';
import type { Conversation } from './foreign/conversation';
import type { ForeignPart } from './foreign/left-out';
import { keptTree, type Kept, type TreeMistake } from './tree';

const SETTING_MAX = 100_000;

/** A conversation of another app as a session of ours, or why it is none. `now`: for what has no time at all. */
export function toSession(conversation: Conversation, now: Date): FileSession | TreeMistake {
  const tree = keptTree(conversation);
  if (typeof tree === 'string') return tree;
  const createdAt =
    conversation.createdAt ?? earliest(tree.messages) ?? conversation.updatedAt ?? now;
  const messages = messagesOf(tree.messages, createdAt);
  const last = messages.reduce(
    (newest, { created_at: time }) => (time > newest ? time : newest),
    createdAt,
  );
  const updatedAt = conversation.updatedAt ?? last;
  return {
    id: plain(conversation.id),
    source: conversation.source,
    left_out: tree.messages.flatMap(({ parts }) => parts.filter(({ isLeftOut }) => isLeftOut))
      .length,
    title: conversation.title === null ? null : cut(plain(conversation.title.trim()), TITLE_MAX),
    memory: null,
    memory_pinned: [],
    memory_enabled: true,
    forgotten_seq: 0,
    system_prompt:
      conversation.systemPrompt === null
        ? null
        : cut(plain(conversation.systemPrompt), SETTING_MAX),
    // Only the deployment's models can be asked for; each reply keeps the name of the one that wrote it.
    model: null,
    temperature: null,
    max_tokens: null,
    pinned_at: conversation.pinned ? updatedAt : null,
    archived_at: conversation.archived ? updatedAt : null,
    tags: [],
    head: tree.head === null ? null : plain(tree.head),
    tokens: 0,
    context_tokens: null,
    created_at: createdAt,
    updated_at: updatedAt,
    last_activity: last,
    memory_revisions: [],
    messages,
  };
}

const earliest = (messages: readonly Kept[]): Date | null =>
  messages.reduce<Date | null>(
    (first, { createdAt }) => (createdAt && (!first || createdAt < first) ? createdAt : first),
    null,
  );

/** A message without a time has its parent's. */
function messagesOf(kept: readonly Kept[], begun: Date): FileMessage[] {
  const times = new Map<string, Date>();
  return kept.map((message, index) => {
    const time = message.createdAt ?? times.get(message.parent ?? '') ?? begun;
    times.set(message.id, time);
    const entries = entriesOf(message.parts);
    const { content, parts } = storedReply(entries);
    return {
      id: plain(message.id),
      parent: message.parent === null ? null : plain(message.parent),
      seq: index + 1,
      role: message.role,
      content,
      parts: parts && partsOf(entries),
      state: 'complete',
      finish: null,
      model: message.model === null ? null : cut(plain(message.model), 256),
      tokens: null,
      usage: null,
      first_token_ms: null,
      total_ms: null,
      thought_ms: null,
      turn: null,
      created_at: time,
    };
  });
}

/** Text parts beside each other are paragraphs of one. */
function entriesOf(parts: readonly ForeignPart[]): Entry[] {
  const textParts = parts.filter(({ text }) => text.trim() !== '');
  let at = 0;
  return textParts.map(({ kind, text }, index) => {
    const space = isWritten(kind) && textParts[index + 1]?.kind === kind ? '\n\n' : '';
    const entry = { at, kind, text: plain(text) + space };
    at = endOf(entry);
    return entry;
  });
}

/** Text that any database can store. */
const plain = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();

const cut = (text: string, characters: number): string =>
  text.length <= characters
    ? text
    : Array.from(text.slice(0, characters * 2))
        .slice(0, characters)
        .join('');
