import { memo, useState } from 'react';
import { MessageEditor } from '@/components/chat/branches/message-editor';
import { UserActions } from '@/components/chat/branches/user-actions';
import { focusAfterPress } from '@/lib/client/browser/restore-focus';
import type { BranchActions } from '@/lib/client/branches/use-branch-actions';
import type { PageMessage } from '@/lib/page/session-page';
import { Bubble } from './bubble';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  /** The key of its item. */
  readonly place: string;
  readonly text: string;
  /** Null: the page does not have it yet. */
  readonly stored: PageMessage | null;
  readonly actions: BranchActions;
}

/** Shown as typed: user messages are not Markdown. */
export const UserMessage = memo(
  function UserMessage({ place, text, stored, actions }: Props) {
    const texts = useTexts();
    const [phase, setPhase] = useState<'shown' | 'editing' | 'left'>('shown');
    const editing = phase === 'editing';
    return (
      <article className="user-message" data-key={place} data-fresh={stored ? undefined : ''}>
        <h2 className="visually-hidden">{texts.transcript.you}</h2>
        {editing && stored ? (
          <MessageEditor
            messageId={stored.id}
            text={text}
            onSend={(edited) => {
              actions.sendEdited(edited, stored.parent ?? null);
              focusAfterPress(0);
            }}
            onClose={() => {
              setPhase('left');
            }}
          />
        ) : (
          <Bubble text={text} />
        )}
        {/* Its row is there from the start: what follows would move when it came later. */}
        {!stored && <div className="user-actions" />}
        {stored && !editing && (
          <UserActions
            message={stored}
            actions={actions}
            focused={phase === 'left'}
            onEdit={() => {
              setPhase('editing');
            }}
          />
        )}
      </article>
    );
  },
  (before, after) =>
    before.text === after.text &&
    before.actions === after.actions &&
    samePlace(before.stored, after.stored),
);

/** A page that is read again has equal messages, which are not the same. */
const samePlace = (a: PageMessage | null, b: PageMessage | null): boolean =>
  a === b ||
  (a?.id === b?.id &&
    a?.parent === b?.parent &&
    JSON.stringify(a?.place) === JSON.stringify(b?.place));
