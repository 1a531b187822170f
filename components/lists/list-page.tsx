import './lists.css';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageBar } from '@/components/shell/page-bar';
import { listAddress, LIST_PATHS, type ListKind } from '@/lib/page/list-address';
import type { SessionListPage } from '@/lib/page/session-page';
import type { LaterTexts, Texts } from '@/lib/texts/texts';
import { ListFilters } from './list-filters';
import { SessionIndex } from './session-index';

const KINDS = ['current', 'archived', 'deleted'] as const;

/** What the pages of lists say. */
interface Words {
  readonly texts: Texts;
  readonly laterTexts: LaterTexts;
}

interface Props extends Words {
  readonly list: ListKind;
  readonly page: SessionListPage;
  readonly timeZone: string;
  /** Stands above the list while it has sessions. */
  readonly children?: ReactNode;
}

/** All sessions, the archive or the trash, a page at a time. */
export function ListPage({ texts, laterTexts, list, page, timeZone, children }: Props) {
  const words = { texts, laterTexts };
  const { sessions, pinned, filters, choices } = page;
  const isEmpty = sessions.length + pinned.length === 0;
  const isNarrowed = filters.tag !== undefined || filters.model !== undefined;
  const about = aboutOf(words, list, isEmpty && !isNarrowed);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page" id="main" tabIndex={-1}>
        <h1>{headingsOf(words)[list]}</h1>
        <ListTabs {...words} list={list} />
        {about && <p>{about}</p>}
        {choices && (!isEmpty || isNarrowed) && (
          <ListFilters list={list} filters={filters} choices={choices} />
        )}
        {isEmpty && isNarrowed && <NoneMatch {...words} list={list} />}
        {!isEmpty && (
          <>
            {children}
            <SessionIndex list={list} page={page} timeZone={timeZone} />
          </>
        )}
        <FollowingPage {...words} list={list} page={page} />
      </div>
    </div>
  );
}

const headingsOf = ({ texts, laterTexts }: Words) => ({
  current: texts.sessions.all,
  archived: laterTexts.dataMenu.archived,
  deleted: laterTexts.dataMenu.recentlyDeleted,
});

function aboutOf({ laterTexts }: Words, list: ListKind, isEmpty: boolean): string | null {
  if (list === 'current') return isEmpty ? laterTexts.sessionList.none : null;
  const words = list === 'archived' ? laterTexts.archiveList : laterTexts.trash;
  return isEmpty ? words.none : words.about;
}

function FollowingPage({ laterTexts, list, page }: Words & Pick<Props, 'list' | 'page'>) {
  const { next, filters } = page;
  if (next === null) return null;
  const { older } = {
    current: laterTexts.sessionList,
    archived: laterTexts.archiveList,
    deleted: laterTexts.trash,
  }[list];
  return (
    <Link className="button" href={listAddress(list, filters, next)} prefetch={false}>
      {filters.sort === 'title' ? laterTexts.bulk.more : older}
    </Link>
  );
}

function ListTabs({ texts, laterTexts, list }: Words & { readonly list: ListKind }) {
  const headings = headingsOf({ texts, laterTexts });
  return (
    <nav className="list-tabs" aria-label={laterTexts.bulk.lists}>
      {KINDS.map((kind) => (
        <Link
          key={kind}
          href={LIST_PATHS[kind]}
          prefetch={false}
          aria-current={kind === list ? 'page' : undefined}
        >
          {headings[kind]}
        </Link>
      ))}
    </nav>
  );
}

function NoneMatch({ laterTexts, list }: Words & { readonly list: ListKind }) {
  return (
    <p>
      {laterTexts.bulk.noneMatch}{' '}
      <Link href={LIST_PATHS[list]} prefetch={false}>
        {laterTexts.bulk.showAll}
      </Link>
    </p>
  );
}
