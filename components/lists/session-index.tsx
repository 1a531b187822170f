'use client';

import { useRef } from 'react';
import { useHydrated } from '@/lib/client/browser/use-hydrated';
import { useToday } from '@/lib/client/time/use-today';
import { useSelection } from '@/lib/client/sessions/use-selection';
import type { ListKind } from '@/lib/page/list-address';
import type { IndexedSession, SessionListPage } from '@/lib/page/session-page';
import { writtenDay } from '@/lib/sessions/day';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

import { IndexRow } from './index-row';
import { SelectionBar } from './selection-bar';

interface Props {
  readonly list: ListKind;
  readonly page: SessionListPage;
  readonly timeZone: string;
}

/** The rows of a list, pinned ones first, and what can be done with those that are selected. */
export function SessionIndex({ list, page, timeZone }: Props) {
  const laterTexts = useLaterTexts();
  const { sessions, pinned } = page;
  const selection = useSelection([...pinned, ...sessions]);
  const head = useRef<HTMLDivElement>(null);
  const dated = useDates({ list, page, timeZone });
  const rows = (some: readonly IndexedSession[]) => (
    <ul className="session-index">
      {some.map((session) => (
        <IndexRow
          key={session.id}
          list={list}
          session={session}
          when={dated(session.since)}
          selected={selection.isSelected(session.id)}
          onSelect={(range) => {
            selection.click(session.id, range);
          }}
        />
      ))}
    </ul>
  );
  return (
    <>
      <div ref={head} className="list-head">
        <SelectAll
          all={selection.selected.length === sessions.length + pinned.length}
          some={selection.selected.length > 0}
          onClick={selection.clickAll}
        />
        {selection.selected.length > 0 && (
          <SelectionBar
            list={list}
            selected={selection.selected}
            onDone={() => {
              selection.clear();
              // The bar goes, and the focus with it.
              head.current?.querySelector('input')?.focus({ preventScroll: true });
            }}
          />
        )}
      </div>
      {pinned.length > 0 && (
        <section>
          <h2>{laterTexts.bulk.pinned}</h2>
          {rows(pinned)}
        </section>
      )}
      {sessions.length > 0 && (
        <section>
          {pinned.length > 0 && <h2>{laterTexts.bulk.others}</h2>}
          {rows(sessions)}
        </section>
      )}
    </>
  );
}

/** Writes the date of a row. */
function useDates({ list, page: { filters, now }, timeZone }: Props): (since: string) => string {
  const texts = useTexts();
  const laterTexts = useLaterTexts();
  const day = writtenDay(texts.dates.locale, useToday({ now, timeZone }));
  const listed = {
    current: texts.dates.alone,
    archived: laterTexts.archiveList.on,
    deleted: laterTexts.trash.on,
  }[list];
  const written = filters.sort === 'created' ? laterTexts.bulk.created : listed;
  return (since) => written(day(Date.parse(since)));
}

interface SelectAllProps {
  readonly all: boolean;
  readonly some: boolean;
  readonly onClick: () => void;
}

function SelectAll({ all, some, onClick }: SelectAllProps) {
  const laterTexts = useLaterTexts();
  const hydrated = useHydrated();
  return (
    <label className="select-all">
      <input
        type="checkbox"
        checked={all}
        disabled={!hydrated}
        ref={(box) => {
          if (box) box.indeterminate = some && !all;
        }}
        onChange={onClick}
      />
      {laterTexts.bulk.selectAll}
    </label>
  );
}
