import { useTurnText } from '@/lib/client/transcript/use-turns';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';

const READ_ALOUD = 500;

/** Says to those who listen when a reply begins and what it was, once, instead of each piece of it. */
export function ReplyStatus({ turn }: { turn: LocalTurn | null }) {
  const ended = turn?.phase === 'ended';
  const text = useTurnText(ended ? turn.id : null);
  return <output className="visually-hidden">{turn && statusOf(turn, text)}</output>;
}

function statusOf({ phase, end, problem }: LocalTurn, text: string): string {
  if (phase === 'lost') return 'The connection is lost. Trying again.';
  if (phase !== 'ended') return 'The reply is being written.';
  if (problem) return '';
  if (end?.state === 'stopped') return 'The reply was stopped.';
  return text.length <= READ_ALOUD
    ? `Reply: ${text}`
    : `Reply: ${text.slice(0, READ_ALOUD)}… and more.`;
}
