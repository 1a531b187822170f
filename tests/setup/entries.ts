import type { TurnStore } from '@/lib/chat/turn/turn-store';
import { textOf, type Entry } from '@/lib/reply/entry';

/** A reply of text alone. */
export const said = (text: string, at = 0): readonly Entry[] =>
  text === '' ? [] : [{ at, kind: 'text', text }];

/** The stored text of a reply from a position on. */
export const textFrom = async (
  turns: Pick<TurnStore, 'entriesFrom'>,
  requestId: string,
  position: number,
): Promise<string> => textOf(await turns.entriesFrom(requestId, position));
