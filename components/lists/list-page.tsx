import './lists.css';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageBar } from '@/components/shell/page-bar';
import { listAddress, LIST_PATHS, type ListKind } from '@/lib/page/list-address';
import type { SessionListPage } from '@/lib/page/session-page';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { ListFilters } from './list-filters';
import { SessionIndex } from './session-index';

const HEADINGS = {
  current: texts.sessions.all,
  archived: texts.archive.archived,
  deleted: texts.deletion.recently,
};
const OLDER = {
  current: texts.sessions.older,
  archived: texts.archive.older,
  deleted: laterTexts.trash.older,
};
const EMPTY = {
  current: texts.sessions.none,
  archived: texts.archive.none,
  deleted: laterTexts.trash.none,
};
const ABOUT = { current: null, archived: texts.archive.about, deleted: laterTexts.trash.about };
const KINDS = ['current', 'archived', 'deleted'] as const;

interface Props {
  readonly list: ListKind;
  readonly page: SessionListPage;
  readonly timeZone: string;
  /** Stands above the list while it has sessions. */
  readonly children?: ReactNode;
}

/** All sessions, the archive or the trash, a page at a time. */
export function ListPage({ list, page, timeZone, children }: Props) {
  const { sessions, pinned, filters, choices } = page;
  const isEmpty = sessions.length + pinned.length === 0;
  const isNarrowed = filters.tag !== undefined || filters.model !== undefined;
  const about = isEmpty && !isNarrowed ? EMPTY[list] : ABOUT[list];
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page" id="main" tabIndex={-1}>
        <h1>{HEADINGS[list]}</h1>
        <ListTabs list={list} />
        {about && <p>{about}</p>}
        {choices && (!isEmpty || isNarrowed) && (
          <ListFilters list={list} filters={filters} choices={choices} />
        )}
        {isEmpty && isNarrowed && <NoneMatch list={list} />}
        {!isEmpty && (
          <>
            {children}
            <SessionIndex list={list} page={page} timeZone={timeZone} />
          </>
        )}
        <FollowingPage list={list} page={page} />
      </div>
    </div>
  );
}

function FollowingPage({ list, page: { next, filters } }: Pick<Props, 'list' | 'page'>) {
  if (next === null) return null;
  return (
    <Link className="button" href={listAddress(list, filters, next)} prefetch={false}>
      {filters.sort === 'title' ? laterTexts.bulk.more : OLDER[list]}
    </Link>
  );
}

function ListTabs({ list }: { list: ListKind }) {
  return (
    <nav className="list-tabs" aria-label={laterTexts.bulk.lists}>
      {KINDS.map((kind) => (
        <Link
          key={kind}
          href={LIST_PATHS[kind]}
          prefetch={false}
          aria-current={kind === list ? 'page' : undefined}
        >
          {HEADINGS[kind]}
        </Link>
      ))}
    </nav>
  );
}

function NoneMatch({ list }: { list: ListKind }) {
  return (
    <p>
      {laterTexts.bulk.noneMatch}{' '}
      <Link href={LIST_PATHS[list]} prefetch={false}>
        {laterTexts.bulk.showAll}
      </Link>
    </p>
  );
}
