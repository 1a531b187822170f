import { Button } from '@/components/ui/button';
import type { StoredRevision } from '@/lib/client/net/api';
import { ForgetHistory } from './forget-history';

interface Props {
  readonly revisions: readonly StoredRevision[];
  readonly busy: boolean;
  readonly onRestore: (memory: string | null) => Promise<void>;
  /** Forgets the memory and all that it was. */
  readonly onForget: () => Promise<void>;
}

/** What the memory was, newest first. Any of it can be restored. */
export function MemoryHistory({ revisions, busy, onRestore, onForget }: Props) {
  if (revisions.length === 0) return null;
  return (
    <section className="memory-history">
      <h3>What it was</h3>
      <ol>
        {revisions.map(({ id, memory, author, created_at: createdAt }, index) => (
          <li key={id}>
            <div className="memory-revision-head">
              <span>
                {author === 'model' ? 'Written by the model' : 'Edited by you'}
                {' · '}
                <time dateTime={createdAt}>{when(createdAt)}</time>
              </span>
              {index === 0 ? (
                <span className="memory-current">Current</span>
              ) : (
                <Button className="quiet-button" held={busy} onClick={() => void onRestore(memory)}>
                  Restore
                </Button>
              )}
            </div>
            <p dir="auto">{memory ?? <em>Forgotten</em>}</p>
          </li>
        ))}
      </ol>
      <ForgetHistory busy={busy} onForget={onForget} />
    </section>
  );
}

/** Drawn in the browser only, so its language and time zone are the reader's. */
const when = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );
