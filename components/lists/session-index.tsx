'use client';

import { useRef } from 'react';
import { useHydrated } from '@/lib/client/browser/use-hydrated';
import { useToday } from '@/lib/client/time/use-today';
import { useSelection } from '@/lib/client/sessions/use-selection';
import type { ListKind } from '@/lib/page/list-address';
import type { IndexedSession, SessionListPage } from '@/lib/page/session-page';
import { writtenDay } from '@/lib/sessions/day';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { IndexRow } from './index-row';
import { SelectionBar } from './selection-bar';

interface Props {
  readonly list: ListKind;
  readonly page: SessionListPage;
  readonly timeZone: string;
}

/** The rows of a list, pinned ones first, and what can be done with those that are selected. */
export function SessionIndex({ list, page, timeZone }: Props) {
  const { sessions, pinned, filters, now } = page;
  const selection = useSelection([...pinned, ...sessions]);
  const head = useRef<HTMLDivElement>(null);
  const day = writtenDay(useToday({ now, timeZone }));
  const dated = (since: string) => dateText(list, day(Date.parse(since)), filters.sort);
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

function dateText(list: ListKind, day: string, sort: string | undefined): string {
  if (sort === 'created') return laterTexts.bulk.created(day);
  if (list === 'archived') return texts.archive.on(day);
  return list === 'deleted' ? laterTexts.trash.on(day) : texts.dates.alone(day);
}

interface SelectAllProps {
  readonly all: boolean;
  readonly some: boolean;
  readonly onClick: () => void;
}

function SelectAll({ all, some, onClick }: SelectAllProps) {
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
