import {
  fileSession,
  type FileMessage,
  type FileSession,
} from '@/lib/sessions/export/session-file';
import type { Part } from '@/lib/reply/parts';
import type { Fields } from './foreign/conversation';
import { nameOf } from './foreign/unknown-fields';
import type { Skipped } from './read-import';

/** Messages that are checked in one go: a session may have thousands. */
const STEP = 200;

/** A session of our own file, checked: its messages are a tree in order. */
export async function readOwnSession(
  value: Fields,
  pause: () => Promise<void>,
): Promise<{ readonly session: FileSession } | Skipped> {
  const named = { id: nameOf(value['id']), title: nameOf(value['title']) };
  const head = fileSession.safeParse({ ...value, messages: [] });
  const messages = await readMessages(value['messages'], pause);
  if (!head.success || !messages) return { skipped: 'invalid', ...named };
  const session = { ...head.data, messages };
  const mistake = mistakeIn(session);
  return mistake ? { skipped: mistake, ...named } : { session };
}

/** In order; null: one of them is invalid. */
async function readMessages(
  value: unknown,
  pause: () => Promise<void>,
): Promise<FileMessage[] | null> {
  if (!Array.isArray(value)) return null;
  const messages: FileMessage[] = [];
  for (let at = 0; at < value.length; at += STEP) {
    const step = fileSession.shape.messages.safeParse(value.slice(at, at + STEP));
    if (!step.success) return null;
    messages.push(...step.data);
    await pause();
  }
  return messages.toSorted((one, other) => one.seq - other.seq);
}

function mistakeIn({
  messages,
  head,
  memory_revisions: revisions,
}: FileSession): Skipped['skipped'] | null {
  const seqs = new Map(messages.map(({ id, seq }) => [id, seq]));
  if (seqs.size < messages.length || new Set(seqs.values()).size < messages.length)
    return 'duplicate-message';
  for (const { parent, seq, content, parts } of messages) {
    const above = parent === null ? 0 : seqs.get(parent);
    if (above === undefined) return 'missing-parent';
    if (above >= seq) return 'cycle';
    if (parts && textOf(parts) !== content) return 'invalid';
  }
  if (head !== null && !seqs.has(head)) return 'missing-parent';
  return new Set(revisions.map(({ id }) => id)).size < revisions.length ? 'invalid' : null;
}

const textOf = (parts: readonly Part[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
