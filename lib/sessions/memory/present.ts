import { isoTime } from '@/lib/sessions/present';
import { lineChanges } from './line-changes';
import type { KeptRevision, Memory } from './memory';

interface MemoryBounds {
  readonly maxChars: number;
  /** False: on this deployment no memory is used. */
  readonly available: boolean;
}

/** Lengths are in UTF-16 units. */
export const presentMemory = (
  { memory, pinned, enabled, updatedAt }: Memory,
  { maxChars, available }: MemoryBounds,
) => ({
  memory,
  enabled,
  updated_at: isoTime(updatedAt),
  pinned,
  chars: memory?.length ?? 0,
  max_chars: maxChars,
  available,
});

/** `changes` is null when the memory before is no longer kept. */
export const presentRevision = (revision: KeptRevision) => ({
  id: revision.id,
  memory: revision.text,
  author: revision.author,
  turn: revision.turn,
  message_id: revision.replyId,
  changes: revision.before === undefined ? null : lineChanges(revision.before, revision.text),
  created_at: isoTime(revision.createdAt),
});
