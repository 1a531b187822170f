import Link from 'next/link';
import { Icon } from '@/components/ui/icon';
import { useHydrated } from '@/lib/client/browser/use-hydrated';
import type { ListKind } from '@/lib/page/list-address';
import type { IndexedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';
import { RowActions } from './row-actions';
import { TagLinks } from './tag-links';

interface Props {
  readonly list: ListKind;
  readonly session: IndexedSession;
  readonly when: string;
  readonly selected: boolean;
  /** `range`: with the shift key held. */
  readonly onSelect: (range: boolean) => void;
}

/** A row of a list. A session in the trash has no page. */
export function IndexRow({ list, session, when, selected, onSelect }: Props) {
  const texts = useTexts();
  const laterTexts = useLaterTexts();
  const hydrated = useHydrated();
  const title = shownTitle(session, texts.sessions.untitled);
  return (
    <li data-selected={selected || undefined}>
      <label className="row-select">
        <input
          type="checkbox"
          checked={selected}
          disabled={!hydrated}
          aria-label={laterTexts.bulk.select(title)}
          onChange={({ nativeEvent }) => {
            onSelect(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
          }}
        />
      </label>
      <div className="session-index-name">
        <span className="session-index-title" dir="auto">
          {session.pinned && <Icon name="pin" />}
          {list === 'deleted' ? (
            title
          ) : (
            <Link href={`/s/${session.id}`} prefetch={false} title={title}>
              {title}
            </Link>
          )}
        </span>
        <div className="session-index-facts">
          <time dateTime={session.since}>{when}</time>
          <TagLinks list={list} tags={session.tags ?? []} />
        </div>
      </div>
      <RowActions list={list} session={session} />
    </li>
  );
}
