import { useTurnText } from '@/lib/client/transcript/use-turns';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import { texts } from '@/lib/texts/texts';

const READ_ALOUD = 500;

/** Announces the beginning and the end of a reply to screen readers, instead of each token. */
export function ReplyStatus({ turn }: { turn: LocalTurn | null }) {
  const ended = turn?.phase === 'ended';
  const text = useTurnText(ended ? turn.id : null);
  return <output className="visually-hidden">{turn && statusOf(turn, text)}</output>;
}

function statusOf({ phase, end, problem }: LocalTurn, text: string): string {
  if (phase === 'lost') return texts.transcript.status.lost;
  if (phase !== 'ended') return texts.transcript.status.writing;
  if (problem) return '';
  if (end?.state === 'stopped') return texts.transcript.status.stopped;
  return replyAloud(text);
}

/** A reply as a screen reader says it. */
export const replyAloud = (text: string): string =>
  text.length <= READ_ALOUD
    ? texts.transcript.status.reply(text)
    : texts.transcript.status.longReply(text.slice(0, READ_ALOUD));
