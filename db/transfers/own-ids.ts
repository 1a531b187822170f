import { createHash } from 'node:crypto';
import type { FileSession } from '@/lib/sessions/export/session-file';
import { plainId } from '@/lib/sessions/id';

/** The same for the same names: a UUID of version 8, for custom formats (RFC 9562). */
function derivedId(...names: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** With ids that only this owner can have, and gets again from the same session of a file. */
export function withDerivedIds(owner: string, session: FileSession): FileSession {
  const id = derivedId(owner, session.source ?? 'ask-next', session.id);
  const own = (name: string) => derivedId(id, name);
  return {
    ...session,
    id,
    head: session.head === null ? null : own(session.head),
    messages: session.messages.map((message) => ({
      ...message,
      id: own(message.id),
      parent: message.parent === null ? null : own(message.parent),
    })),
    memory_revisions: session.memory_revisions.map((revision) => ({
      ...revision,
      id: own(revision.id),
    })),
  };
}

/** Another app's ids may be anything, and our own are kept where they are ids. */
export const keepsIds = ({ source, id, messages, memory_revisions: revisions }: FileSession) =>
  source === undefined &&
  [{ id }, ...messages, ...revisions].every((row) => plainId(row.id) === row.id);
