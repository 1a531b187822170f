import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import type { EntryContent } from '@/lib/reply/entry';
import type { ToolCall } from '@/lib/ports/model';
import { callText } from '@/lib/reply/tool-call';
import { retract } from '@/lib/reply/retract';
import { newSources, sourceText, type Source } from '@/lib/reply/source';

interface Deps {
  /** Resolves when the next frame is due. Text that arrives earlier is read as one piece. */
  readonly untilNextFrame: () => Promise<void>;
  /** In UTF-16 units. A longer reply is cut off here and can be continued. */
  readonly replyMaxChars: number;
}

/** Chunks of at least this many UTF-16 units are written at once, without waiting for the next frame. */
const BULK = 4096;

/** Appends to a turn up to the maximum reply length, then aborts the turn. */
export function replyWriter({ untilNextFrame, replyMaxChars }: Deps, turn: LiveTurn) {
  const start = turn.length();
  const isNew = newSources(turn.since(0));
  /** An atomic entry is 1 long on the axis, and takes the room of all it holds. */
  let beyond = 0;
  let full = false;
  const roomLeft = () => start + replyMaxChars - beyond - turn.length();

  return {
    full: () => full,
    write({ kind, text }: EntryContent): unknown {
      const room = roomLeft();
      if (text.length <= room) {
        turn.write(text, kind);
        return text.length < BULK ? untilNextFrame() : undefined;
      }
      if (full) return undefined;
      full = true;
      const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(room - 1));
      const rest = text.slice(0, splitsPair ? room - 1 : room);
      if (rest) turn.write(rest, kind);
      turn.abort('interrupted');
      return undefined;
    },
    /** Writes each source once per reply. Drops one that does not fit; the reply goes on. */
    cite(source: Source): void {
      const text = sourceText(source);
      if (full || text.length > roomLeft() || !isNew(source)) return;
      beyond += text.length - 1;
      turn.write(text, 'source');
    },
    /** Half a call is of no use: one that finds no room ends the reply. */
    call(call: ToolCall): unknown {
      const text = callText(call);
      if (full || text.length > roomLeft()) {
        full = true;
        turn.abort('interrupted');
        return undefined;
      }
      beyond += text.length - 1;
      turn.write(text, 'tool-call');
      return undefined;
    },
    /** Discards what was written after `length` units of text and reasoning of this turn. */
    retract(length: number): void {
      const { position, again } = retract(turn.since(start), start, length);
      turn.cut(position);
      for (const { text, kind } of again) turn.write(text, kind);
    },
  };
}
