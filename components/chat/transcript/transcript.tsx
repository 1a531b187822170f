import './transcript.css';
import { useMemo, useRef, useState } from 'react';
import {
  PAGE_WEIGHT,
  STEP_WEIGHT,
  WINDOW_WEIGHT,
  firstBudgets,
} from '@/components/markdown/drawing/budgets';
import { useTakenOver } from '@/components/loading/lazy-component';
import { Button } from '@/components/ui/button';
import { withOlderFailures, type ShownItem } from '@/lib/client/transcript/older-failures';
import type { TranscriptItem } from '@/lib/client/transcript/transcript-items';
import type { TranscriptActions } from '@/lib/client/transcript/use-transcript-actions';
import { useScrollPosition } from '@/lib/client/scroll/use-scroll-position';
import { useWindow } from '@/lib/client/scroll/use-window';
import { useSentFromHere } from '@/lib/client/transcript/use-sent-from-here';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import { FailedTurn } from './failed-turn';
import { OlderFailures } from './older-failures';
import { Reply } from './reply';
import { Scroller } from './scroller';
import { UserMessage } from './user-message';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessionId: string | null;
  readonly items: readonly TranscriptItem[];
  readonly actions: TranscriptActions;
  readonly branches: BranchActions;
  /** The turn being sent from this tab. */
  readonly sending: string | null;
  /** The request id of the same, until it ends. */
  readonly running: string | null;
  /** Null: the first message is shown. */
  readonly earlier: {
    readonly status: 'idle' | 'loading' | 'failed';
    readonly read: () => Promise<void>;
  } | null;
}

export function Transcript({
  sessionId,
  items,
  actions,
  branches,
  sending,
  running,
  earlier,
}: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const takenOver = useTakenOver();
  const [budgets] = useState(() => budgetsOf(items, takenOver ? PAGE_WEIGHT : WINDOW_WEIGHT));
  useScrollPosition(scroller, sessionId);
  const shown = useMemo(() => withOlderFailures(items), [items]);
  const isFromHere = useSentFromHere(running);
  const { rows, heightOf, onPaper } = useWindow(scroller, shown, earlier, isFromHere);
  return (
    <Scroller scroller={scroller} sending={sending}>
      {earlier && <Earlier {...earlier} />}
      {rows.map((row) =>
        row.kind === 'gap' ? (
          <div
            key={`gap ${row.ids[0]}`}
            data-gap={row.ids.join(' ')}
            style={{ blockSize: heightOf(row.ids) }}
          />
        ) : (
          <div
            key={row.group.id}
            className="transcript-group"
            data-group={row.group.id}
            data-room={row.group.items.slice(0, 1).some(isFromHere) || undefined}
          >
            {row.group.items.map((item) => (
              <Item
                key={item.key}
                item={item}
                actions={actions}
                branches={branches}
                budget={onPaper ? Infinity : (budgets.get(item.key) ?? 0)}
              />
            ))}
          </div>
        ),
      )}
    </Scroller>
  );
}

function Earlier({ status, read }: NonNullable<Props['earlier']>) {
  const texts = useTexts();
  return (
    <>
      <p className="note print-only">{texts.printing.partly}</p>
      <Button
        className="button earlier"
        softDisabled={status === 'loading'}
        onClick={() => void read()}
      >
        {texts.transcript.earlier[status]}
      </Button>
    </>
  );
}

/** What is drawn of each reply at first: by the server, and the browser that takes over, or within the page. */
function budgetsOf(items: readonly TranscriptItem[], weight: number): ReadonlyMap<string, number> {
  const replies = items.filter((item) => item.kind === 'reply');
  const budgets = firstBudgets(
    replies.map(({ text }) => text ?? ''),
    weight,
  );
  return new Map(replies.map(({ key }, index) => [key, budgets[index] ?? 0]));
}

interface ItemProps {
  readonly item: ShownItem;
  readonly actions: TranscriptActions;
  readonly branches: BranchActions;
  readonly budget: number;
}

function Item({ item, actions, branches, budget }: ItemProps) {
  switch (item.kind) {
    case 'user':
      return (
        <UserMessage place={item.key} text={item.text} stored={item.stored} actions={branches} />
      );
    case 'reply':
      return (
        <Reply
          item={item}
          actions={actions}
          branches={branches}
          budget={item.state === 'running' ? STEP_WEIGHT : budget}
        />
      );
    case 'failed':
      return <FailedTurn item={item} actions={actions} />;
    case 'older-failures':
      return <OlderFailures item={item} actions={actions} />;
  }
}
