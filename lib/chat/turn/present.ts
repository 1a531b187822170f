import { textOf, type Entry } from '@/lib/reply/entry';
import { presentParts } from '@/lib/reply/parts';
import { finishOf, type TurnEnd } from './events';

/** The shapes that leave through the API; their keys are the contract. What an answer says of the end of a turn. */
export const presentEnd = ({ state, replyId, usage, failure, omitted, thoughtMs }: TurnEnd) => ({
  state,
  ...(failure?.kind === 'cut-short' && { cut: failure.reason }),
  ...(finishOf(failure) && { finish: finishOf(failure) }),
  ...(replyId && { reply_id: replyId }),
  ...(usage && { usage }),
  ...(omitted && { omitted }),
  ...(thoughtMs && { thought_ms: thoughtMs }),
});

/** A whole reply, as `POST /api/chat` answers it. */
export function presentReply(requestId: string, entries: readonly Entry[], end: TurnEnd) {
  const { state, ...more } = presentEnd(end);
  return {
    reply: textOf(entries).trim(),
    request_id: requestId,
    usage: end.usage,
    ...more,
    ...(state !== 'complete' && { state }),
    ...presentParts(entries),
  };
}
