import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { hasEarlier, type MemoryActions } from '@/lib/client/memory/use-memory';
import { ForgetHistory } from './forget-history';
import { MemoryChange } from './memory-change';
import type { RememberedRevision } from '@/lib/client/memory/memory-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { useLocalTime } from '@/lib/client/time/use-local-time';

interface Props {
  readonly revisions: readonly RememberedRevision[];
  readonly limit: number;
  readonly busy: boolean;
  readonly actions: Pick<MemoryActions, 'change' | 'forgetHistory' | 'showEarlier'>;
  /** The address of a reply. */
  readonly addressOf?: (messageId: string) => string;
  readonly onClose: () => void;
}

/** Each change, newest first: who made it, when, and what it did. Each can be undone. */
export function MemoryHistory({ revisions, limit, busy, actions, ...rest }: Props) {
  const laterTexts = useLaterTexts();
  if (revisions.length === 0) return null;
  return (
    <section className="memory-history">
      <h3>{laterTexts.memory.history}</h3>
      <ol>
        {revisions.map((revision) => (
          <li key={revision.id}>
            <Revision
              {...rest}
              revision={revision}
              busy={busy}
              onUndo={() => void actions.change({ undo: revision.id })}
            />
          </li>
        ))}
      </ol>
      {hasEarlier({ revisions, limit }) && (
        <Button className="quiet-button" softDisabled={busy} onClick={actions.showEarlier}>
          {laterTexts.memory.earlier}
        </Button>
      )}
      <ForgetHistory busy={busy} onForget={actions.forgetHistory} />
    </section>
  );
}

interface RevisionProps extends Pick<Props, 'busy' | 'addressOf' | 'onClose'> {
  readonly revision: RememberedRevision;
  readonly onUndo: () => void;
}

function Revision({ revision, busy, addressOf, onUndo, onClose }: RevisionProps) {
  const laterTexts = useLaterTexts();
  const { author, created_at: createdAt, changes, message_id: messageId } = revision;
  const time = useLocalTime(createdAt).long;
  return (
    <>
      <p className="memory-who">
        <strong>{author === 'model' ? laterTexts.memory.byModel : laterTexts.memory.byYou}</strong>
        <time dateTime={createdAt}>{time}</time>
      </p>
      <MemoryChange changes={changes} />
      <p className="memory-does">
        {messageId !== null && addressOf && (
          <Link href={addressOf(messageId)} prefetch={false} onClick={onClose}>
            {laterTexts.memory.toMessage}
          </Link>
        )}
        {changes !== null && (
          <Button
            className="quiet-button"
            aria-label={laterTexts.memory.undoOf(time)}
            softDisabled={busy}
            onClick={onUndo}
          >
            <Icon name="retry" />
            {laterTexts.memory.undo}
          </Button>
        )}
      </p>
    </>
  );
}
