import { useState } from 'react';
import type { IndexedSession } from '@/lib/page/session-page';
import { allOrNothing, clicked, NOTHING } from './selection';

/** Which of the shown sessions are selected. One that leaves the list is no longer. */
export function useSelection(shown: readonly IndexedSession[]) {
  const [selection, setSelection] = useState(NOTHING);
  const ids = shown.map(({ id }) => id);
  const selected = shown.filter(({ id }) => selection.ids.has(id));
  return {
    selected,
    isSelected: (id: string) => selection.ids.has(id),
    click(id: string, range: boolean) {
      setSelection(clicked(selection, ids, id, range));
    },
    clickAll() {
      setSelection(
        allOrNothing(
          selected.map(({ id }) => id),
          ids,
        ),
      );
    },
    clear() {
      setSelection(NOTHING);
    },
  };
}
