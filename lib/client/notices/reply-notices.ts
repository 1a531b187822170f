import type { LocalTurn, TurnRegistry } from '@/lib/client/turns/turn-registry';

interface Page {
  readonly isHidden: () => boolean;
  readonly mark: () => void;
  /** Shows a notice that leads to the turn's session. `text`: how its reply begins. */
  readonly notify: (turn: LocalTurn, text: string) => void;
}

/** A notice shows the beginning of a reply. In UTF-16 units. */
const SHOWN = 120;

/** Marks the title and shows a notice when a reply ends in a hidden page. Returns an unsubscribe function. */
export function watchReplies(
  registry: Pick<TurnRegistry, 'all' | 'text' | 'subscribe'>,
  { isHidden, mark, notify }: Page,
): () => void {
  const running = new Set<string>();
  return registry.subscribe(() => {
    for (const turn of registry.all()) {
      if (turn.phase !== 'ended') {
        running.add(turn.id);
        continue;
      }
      if (!running.delete(turn.id) || !isHidden() || !isReply(turn)) continue;
      mark();
      notify(turn, registry.text(turn.id).slice(0, SHOWN));
    }
  });
}

/** Not for a reply that the user stopped. */
const isReply = ({ end }: LocalTurn): boolean => end?.state !== 'stopped';
