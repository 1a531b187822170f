import { Button } from '@/components/ui/button';
import type { StoredRevision } from '@/lib/client/net/api';
import { ForgetHistory } from './forget-history';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly revisions: readonly StoredRevision[];
  readonly busy: boolean;
  readonly onRestore: (memory: string | null) => Promise<void>;
  /** Deletes the memory and its history. */
  readonly onForget: () => Promise<void>;
}

/** The revisions of the memory, newest first. Each can be restored. */
export function MemoryHistory({ revisions, busy, onRestore, onForget }: Props) {
  if (revisions.length === 0) return null;
  return (
    <section className="memory-history">
      <h3>{texts.memory.history}</h3>
      <ol>
        {revisions.map(({ id, memory, author, created_at: createdAt }, index) => (
          <li key={id}>
            <div className="memory-revision-head">
              <span>
                {author === 'model' ? texts.memory.byModel : texts.memory.byYou}
                {' · '}
                <time dateTime={createdAt}>{when(createdAt)}</time>
              </span>
              {index === 0 ? (
                <span className="memory-current">{texts.memory.current}</span>
              ) : (
                <Button className="quiet-button" held={busy} onClick={() => void onRestore(memory)}>
                  {texts.controls.restore}
                </Button>
              )}
            </div>
            <p dir="auto">{memory ?? <em>{texts.memory.forgotten}</em>}</p>
          </li>
        ))}
      </ol>
      <ForgetHistory busy={busy} onForget={onForget} />
    </section>
  );
}

/** Rendered only in the browser, so language and time zone are the reader's. */
const when = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  );
