import type { TurnEnd } from '@/lib/chat/events';

/** What an answer says of the end of a turn whose reply is there. */
export const endFields = ({ state, replyId, usage, failure, omitted }: TurnEnd) => ({
  state,
  ...(failure?.kind === 'cut-short' && { cut: failure.reason }),
  ...(replyId && { reply_id: replyId }),
  ...(usage && { usage }),
  ...(omitted && { omitted }),
});
