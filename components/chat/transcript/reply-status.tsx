import { useTurnText } from '@/lib/client/transcript/use-turns';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import type { Texts } from '@/lib/texts/texts';
import { useTexts } from '@/lib/texts/use-texts';

const READ_ALOUD = 500;

/** Announces the beginning and the end of a reply to screen readers, instead of each token. */
export function ReplyStatus({ turn }: { turn: LocalTurn | null }) {
  const { status } = useTexts().transcript;
  const ended = turn?.phase === 'ended';
  const text = useTurnText(ended ? turn.id : null);
  return <output className="visually-hidden">{turn && statusOf(status, turn, text)}</output>;
}

type Status = Texts['transcript']['status'];

function statusOf(status: Status, { phase, end, problem }: LocalTurn, text: string): string {
  if (phase === 'lost') return status.lost;
  if (phase !== 'ended') return status.writing;
  if (problem) return '';
  if (end?.state === 'stopped') return status.stopped;
  return replyAloud(status, text);
}

/** A reply as a screen reader says it. */
export const replyAloud = (status: Status, text: string): string =>
  text.length <= READ_ALOUD ? status.reply(text) : status.longReply(text.slice(0, READ_ALOUD));
