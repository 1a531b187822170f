import { fileSession, type FileSession } from '@/lib/sessions/export/session-file';
import type { Part } from '@/lib/reply/parts';
import type { Fields } from './foreign/conversation';
import { nameOf } from './foreign/unknown-fields';
import type { Skipped } from './read-import';

/** A session of our own file, checked: its messages are a tree in order. */
export function readOwnSession(value: Fields): { readonly session: FileSession } | Skipped {
  const parsed = fileSession.safeParse(value);
  const named = { id: nameOf(value['id']), title: nameOf(value['title']) };
  if (!parsed.success) return { skipped: 'invalid', ...named };
  const messages = parsed.data.messages.toSorted((one, other) => one.seq - other.seq);
  const mistake = mistakeIn({ ...parsed.data, messages });
  return mistake ? { skipped: mistake, ...named } : { session: { ...parsed.data, messages } };
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
