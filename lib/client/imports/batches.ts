import type { FileSession } from '@/lib/sessions/export/session-file';

/** Sessions that are sent in one request. */
export interface Batch {
  /** One session each, as JSON. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  /** Of the first. */
  readonly title: string | null;
  readonly characters: number;
}

/** In UTF-16 units, of which one takes at most three bytes; Vercel takes requests of 4.5 MB. */
export const BATCH_CHARACTERS = 1_400_000;
const BATCH_SESSIONS = 50;

/**
 * Groups sessions into requests of a limited size. A larger session is a request of its own. Each becomes bytes when it
 * comes: those of a whole request at once would hold the page for a tenth of a second.
 */
export function batches(): {
  /** Returns a full batch, if this session does not fit into it. */
  add(session: FileSession): Batch | null;
  rest(): Batch | null;
} {
  const utf8 = new TextEncoder();
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let title: string | null = null;
  let characters = 0;
  const take = (): Batch | null => {
    const batch = pieces.length > 0 ? { pieces, title, characters } : null;
    pieces = [];
    characters = 0;
    return batch;
  };
  return {
    add(session) {
      const text = JSON.stringify(session);
      const isFull =
        characters + text.length > BATCH_CHARACTERS || pieces.length === BATCH_SESSIONS;
      const full = isFull ? take() : null;
      if (pieces.length === 0) ({ title } = session);
      pieces.push(utf8.encode(text));
      characters += text.length;
      return full;
    },
    rest: take,
  };
}
